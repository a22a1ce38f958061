/** What banks call the columns of their extracts, by what we call the field; compared without case, spaces and marks. */
const words: Readonly<Record<string, readonly string[]>> = {
  party_key: [
    "client_no",
    "client_id",
    "customer_id",
    "customer_no",
    "customer_number",
    "cif",
    "cif_no",
    "party_id",
    "id_cliente",
    "客户号",
    "客户编号",
    "رقم_العميل",
    "شماره_مشتری",
  ],
  transaction_key: [
    "transaction_id",
    "trans_id",
    "movement_id",
    "txn_id",
    "entry_id",
    "reference",
    "id",
    "id_movimiento",
    "流水号",
    "交易编号",
    "رقم_العملية",
    "شماره_تراکنش",
  ],
  full_name: [
    "full_name",
    "name",
    "client_name",
    "customer_name",
    "nombre",
    "nombre_completo",
    "姓名",
    "名称",
    "الاسم",
    "اسم_العميل",
    "نام",
    "نام_مشتری",
  ],
  given_name: ["given_name", "first_name", "forename", "nombre_de_pila", "名", "الاسم_الأول", "نام_کوچک"],
  family_name: ["family_name", "last_name", "surname", "apellido", "apellidos", "姓", "اسم_العائلة", "نام_خانوادگی"],
  latin_name: ["latin_name", "name_latin", "name_en", "english_name"],
  sex: ["sex", "gender", "sexo", "性别", "الجنس", "جنسیت"],
  born_on: [
    "birth_date",
    "date_of_birth",
    "dob",
    "born",
    "born_on",
    "birthday",
    "fecha_nacimiento",
    "出生日期",
    "تاريخ_الميلاد",
    "تاریخ_تولد",
  ],
  nationality: ["nationality", "nacionalidad", "国籍", "الجنسية", "ملیت"],
  language: ["language", "lang", "idioma", "语言", "اللغة", "زبان"],
  occupation: ["occupation", "job", "profession", "profesion", "职业", "المهنة", "شغل"],
  industry: ["industry", "sector"],
  legal_form: ["legal_form"],
  segment: ["segment", "segmento", "tier"],
  marital_status: ["marital_status", "estado_civil", "婚姻状况", "الحالة_الاجتماعية", "وضعیت_تاهل"],
  customer_since: ["customer_since", "client_since", "since", "opened_relationship"],
  branch_code: ["branch", "branch_code", "branch_id", "oficina", "sucursal", "网点", "الفرع", "شعبه"],
  portfolio_code: ["portfolio", "portfolio_code", "cartera"],
  phone: [
    "mobile",
    "phone",
    "phone_number",
    "mobile_phone",
    "telephone",
    "tel",
    "telefono",
    "movil",
    "手机",
    "电话",
    "الجوال",
    "الهاتف",
    "موبایل",
    "تلفن",
  ],
  email: ["email", "e_mail", "mail", "email_address", "correo", "邮箱", "البريد_الإلكتروني", "ایمیل"],
  line: ["address", "street", "address_line", "direccion", "地址", "العنوان", "نشانی"],
  city: ["city", "town", "ciudad", "城市", "المدينة", "شهر"],
  postal_code: ["postal_code", "zip", "postcode", "codigo_postal", "邮编", "الرمز_البريدي", "کد_پستی"],
  national_id: ["national_id", "nif", "dni", "nin", "id_number", "身份证号", "رقم_الهوية", "کد_ملی"],
  owner: [
    "client_no",
    "client_id",
    "customer_id",
    "customer_no",
    "owner",
    "owner_id",
    "cif",
    "party_id",
    "id_cliente",
    "客户号",
    "رقم_العميل",
    "شماره_مشتری",
  ],
  holding: ["account_no", "account_id", "account_number", "account", "iban", "cuenta", "账号", "رقم_الحساب", "شماره_حساب"],
  number: ["iban", "account_number", "account_no"],
  product_code: ["product_code", "product"],
  product_name: ["product_name"],
  currency: ["currency", "ccy", "cur", "moneda", "divisa", "币种", "العملة", "ارز"],
  status: ["status", "estado"],
  opened_on: ["opened_on", "open_date", "opening_date", "opened", "fecha_apertura", "开户日期", "تاريخ_الفتح", "تاریخ_افتتاح"],
  closed_on: ["closed_on", "close_date"],
  balance: ["balance", "saldo", "余额", "الرصيد", "مانده"],
  booked_on: [
    "booked_on",
    "booking_date",
    "trans_date",
    "transaction_date",
    "posting_date",
    "date",
    "fecha",
    "交易日期",
    "تاريخ_العملية",
    "تاریخ",
  ],
  value_on: ["value_date", "value_on", "valuta", "fecha_valor", "起息日"],
  amount: ["amount", "amt", "importe", "monto", "金额", "المبلغ", "مبلغ"],
  balance_after: ["balance_after", "balance", "running_balance", "saldo"],
  category: ["category", "type", "trans_type"],
  channel: ["channel", "canal"],
  counterparty_name: ["counterparty", "counterparty_name", "beneficiary", "payee"],
  counterparty_account: ["counterparty_account", "partner_account"],
  description: ["description", "narrative", "details", "memo", "concepto", "摘要", "الوصف", "شرح"],
};

export const nameWords: ReadonlySet<string> = new Set(Object.keys(words));

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[\s_.-]+/g, "_");

/** The column that is called what the field is called; the first name in our list wins. */
export function columnOf(columns: readonly string[], field: string): string | null {
  for (const word of words[field] ?? []) {
    const found = columns.find((column) => plain(column) === plain(word));
    if (found !== undefined) return found;
  }
  return null;
}

const sexes: Readonly<Record<string, readonly string[]>> = {
  female: ["f", "female", "w", "mujer", "femenino", "女", "أنثى", "انثى", "زن"],
  male: ["m", "male", "h", "hombre", "masculino", "男", "ذكر", "مرد"],
};

/** A code list for the words a column of sexes uses; null when it uses ours, or none that we know. */
export function guessSexCodes(values: readonly string[]): Readonly<Record<string, string>> | null {
  const seen = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ""))];
  const known = seen.flatMap((word) => {
    const ours = Object.keys(sexes).find((sex) => sexes[sex]?.includes(word.toLowerCase()));
    return ours === undefined ? [] : [[word, ours] as const];
  });
  if (known.length === 0 || known.every(([word, ours]) => word === ours)) return null;
  return Object.fromEntries(known);
}

const dateForms: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d{2}-\d{2}/, "YYYY-MM-DD"],
  [/^\d{4}\/\d{2}\/\d{2}/, "YYYY/MM/DD"],
  [/^\d{4}\.\d{2}\.\d{2}/, "YYYY.MM.DD"],
  [/^(?:0[1-9]|[12]\d|3[01])\.\d{2}\.\d{4}/, "DD.MM.YYYY"],
  [/^(?:1[3-9]|2\d|3[01])\/\d{2}\/\d{4}/, "DD/MM/YYYY"],
  [/^\d{2}\/(?:1[3-9]|2\d|3[01])\/\d{4}/, "MM/DD/YYYY"],
  [/^\d{2}\/\d{2}\/\d{4}/, "DD/MM/YYYY"],
  [/^\d{8}$/, "YYYYMMDD"],
  [/^\d{6}$/, "YYMMDD"],
];

/** The pattern of a column of dates, from whichever value decides it; null when none looks like a date. */
export function guessDateFormat(values: readonly string[]): string | null {
  const latin = values.filter((value) => value !== "").map(latinDigits);
  for (const [look, format] of dateForms) if (latin.some((value) => look.test(value))) return format;
  return null;
}

function latinDigits(text: string): string {
  return text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

/** The mark before the last one or two digits of most amounts. */
export function guessDecimal(values: readonly string[]): "." | "," | "٫" {
  const marks = values.flatMap((value) => /([.,٫])\p{Nd}{1,2}$/u.exec(value.trim())?.[1] ?? []);
  const count = (mark: string) => marks.filter((other) => other === mark).length;
  if (count("٫") > 0) return "٫";
  return count(",") > count(".") ? "," : ".";
}
