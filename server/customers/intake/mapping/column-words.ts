import type { RecordKind } from "./fields.ts";

/** A meaning a column may have: a field of a kind, or part of a party's shorthand. */
export type ColumnMeaning =
  | "key"
  | "party"
  | "holding"
  | "full_name"
  | "given_name"
  | "family_name"
  | "sex"
  | "born_on"
  | "nationality"
  | "occupation"
  | "segment"
  | "national_id"
  | "phone"
  | "email"
  | "line"
  | "city"
  | "postal_code"
  | "country"
  | "branch_code"
  | "number"
  | "product_name"
  | "currency"
  | "status"
  | "opened_on"
  | "matures_on"
  | "rate"
  | "amount"
  | "balance"
  | "booked_on"
  | "value_on"
  | "balance_after"
  | "credit"
  | "debit"
  | "description"
  | "counterparty_name"
  | "counterparty_account"
  | "category"
  | "channel"
  | "role"
  | "place"
  | "region";

/** What columns are called in English, Spanish, Arabic, Persian and Chinese exports. Compared without case, spaces, accents and marks. */
export const columnWords: Readonly<Record<ColumnMeaning, string>> = {
  key: "id key code no number nr ref reference codigo clave referencia معرف رمز رقم شناسه کد شماره 编号 代码 序号",
  party:
    "customerid clientid custid customerno clientno customernumber cif partyid ownerid holderid customer client idcliente cliente numerocliente nocliente رقمالعميل معرفالعميل العميل شمارهمشتری کدمشتری مشتری شناسهمشتری 客户号 客户编号 客户id 客户",
  holding:
    "accountid accountno accountnumber account acctno acct contractid contract cuenta numerocuenta nocuenta idcuenta contrato iban رقمالحساب الحساب شمارهحساب حساب 账号 账户 账户号 帐号 合同号",
  full_name:
    "name fullname customername clientname nombrecompleto nombrecliente razonsocial titular الاسم اسمالعميل الاسمالكامل نام نامکامل نامونامخانوادگی ناممشتری 姓名 名称 客户名称 客户姓名",
  given_name: "firstname givenname forename nombre nombres الاسمالاول نامکوچک 名",
  family_name: "lastname surname familyname apellido apellidos اسمالعائلة اللقب نامخانوادگی 姓",
  sex: "sex gender sexo genero الجنس جنسیت 性别",
  born_on: "birthdate dateofbirth dob birthday birth fechanacimiento fechadenacimiento nacimiento تاريخالميلاد تاریختولد 出生日期 生日",
  nationality: "nationality citizenship nacionalidad الجنسية ملیت تابعیت 国籍",
  occupation: "occupation profession job ocupacion profesion المهنة شغل 职业",
  segment: "segment segmento الشريحة بخش 客户类型 客群",
  national_id:
    "nationalid ssn nin personalid idnumber nif dni nie curp documento cedula الرقمالوطني رقمالهوية الهوية کدملی شمارهملی 身份证 身份证号 身份证号码 证件号码",
  phone:
    "phone mobile cell telephone phonenumber mobileno tel telefono movil celular الهاتف رقمالهاتف الجوال رقمالجوال تلفن موبایل همراه شمارهتلفن شمارههمراه تلفنهمراه 电话 手机 手机号 联系电话 手机号码",
  email: "email mail emailaddress correo correoelectronico البريدالالكتروني الايميل ایمیل پستالکترونیک 邮箱 电子邮件 电子邮箱",
  line: "address street addressline direccion calle domicilio العنوان آدرس نشانی 地址 住址",
  city: "city town ciudad poblacion localidad municipio المدينة شهر 城市",
  postal_code: "zip zipcode postcode postalcode codigopostal cp الرمزالبريدي کدپستی 邮编 邮政编码",
  country: "country pais الدولة البلد کشور 国家",
  branch_code:
    "branch branchcode branchid office districtid sucursal oficina codigosucursal الفرع رمزالفرع شعبه کدشعبه 分行 支行 机构号 网点",
  number: "cardno cardnumber loanno loannumber tarjeta numerotarjeta رقمالبطاقة شمارهکارت 卡号",
  product_name: "product productname producttype accounttype producto tipocuenta المنتج نوعالحساب محصول نوعحساب 产品 产品名称 账户类型",
  currency: "currency ccy curr moneda divisa العملة ارز واحدپول 币种 货币",
  status: "status state estado situacion الحالة وضعیت 状态",
  opened_on: "opened openedon opendate openingdate startdate issued fechaapertura apertura تاريخالفتح تاریخافتتاح 开户日期 开户日",
  matures_on: "maturity maturitydate enddate expiry duedate vencimiento fechavencimiento تاريخالاستحقاق سررسید تاریخسررسید 到期日 到期日期",
  rate: "rate interest interestrate tasa interes tipointeres الفائدة نرخ نرخسود 利率",
  amount: "amount amt value sum importe monto cantidad المبلغ القيمة مبلغ 金额 交易金额",
  balance: "balance saldo الرصيد موجودی مانده 余额",
  booked_on:
    "date bookingdate bookedon transactiondate postingdate txndate fecha fechaoperacion fechatransaccion fechacontable التاريخ تاريخالعملية تاریخ تاریختراکنش 日期 交易日期 记账日期",
  value_on: "valuedate fechavalor تاريخالقيمة تاریخارزش 起息日",
  balance_after: "balanceafter runningbalance saldoposterior الرصيدبعد ماندهپس 交易后余额",
  credit: "credit moneyin paidin deposit abono haber ingreso دائن بستانکار واریز 贷方 收入",
  debit: "debit moneyout paidout withdrawal cargo debe retiro مدين بدهکار برداشت 借方 支出",
  description: "description details narrative memo text concepto descripcion detalle الوصف البيان شرح توضیحات 摘要 备注 说明",
  counterparty_name: "counterparty beneficiary payee counterpartyname contraparte beneficiario المستفيد طرفحساب ذینفع 对方户名 收款人",
  counterparty_account: "counterpartyaccount beneficiaryaccount accountto cuentadestino حسابالمستفيد حسابمقصد 对方账号",
  category: "category type transactiontype ksymbol categoria tipo tipooperacion النوع نوع نوعتراکنش 类型 交易类型",
  channel: "channel operation canal operacion القناة کانال 渠道 交易渠道",
  role: "role relation relationship rol relacion الدور نقش 角色 关系",
  place: "place placeid placecode location lugar المكان مکان 地点",
  region: "region province state provincia المنطقة استان 地区 省",
};

/** What columns of sexes say, in lower case. */
export const sexWords = {
  female: "f female w mujer femenino 女 أنثى انثى زن",
  male: "m male h hombre masculino 男 ذكر مرد",
} as const;

/** How a column name is compared. */
export function columnWord(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\p{M}\s_.\-/()#:]+/gu, "")
    .toLowerCase()
    .replace(/ي/g, "ی")
    .replace(/ك/g, "ک");
}

/** Meanings that say which kind of record a file holds, the strongest kind first. */
export const kindSigns: readonly { readonly kind: RecordKind; readonly needs: readonly (readonly ColumnMeaning[])[] }[] = [
  { kind: "transaction", needs: [["booked_on"], ["amount", "credit"], ["holding"]] },
  { kind: "holding_role", needs: [["party"], ["holding"], ["role"]] },
  { kind: "holding", needs: [["holding", "number"], ["party"]] },
  { kind: "party", needs: [["full_name", "family_name", "born_on", "sex", "national_id"]] },
];
