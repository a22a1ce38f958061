import type { Language } from "../places.ts";
import { Weighted } from "../random.ts";

export type Category =
  | "salary"
  | "pension"
  | "allowance"
  | "rent"
  | "utilities"
  | "telecom"
  | "groceries"
  | "restaurant"
  | "fuel"
  | "transport"
  | "shopping"
  | "health"
  | "travel"
  | "entertainment"
  | "education"
  | "cash"
  | "transfer"
  | "savings"
  | "interest"
  | "fee"
  | "loan_payout"
  | "loan_payment"
  | "card_payment"
  | "insurance"
  | "investment"
  | "invoice"
  | "supplier"
  | "payroll"
  | "tax"
  | "remittance"
  | "deposit";

export type Channel = "pos" | "online" | "atm" | "branch" | "mobile" | "bank" | "standing_order" | "direct_debit";

interface Spending {
  readonly category: Category;
  readonly share: number; // of a median month's pay, one purchase
  readonly online: number; // probability
}

/** What people buy: how often, and what one purchase costs. */
export const spending = new Weighted<Spending>([
  [{ category: "groceries", share: 0.016, online: 0.1 }, 34],
  [{ category: "restaurant", share: 0.01, online: 0.2 }, 18],
  [{ category: "fuel", share: 0.015, online: 0 }, 11],
  [{ category: "transport", share: 0.004, online: 0.5 }, 9],
  [{ category: "shopping", share: 0.03, online: 0.45 }, 13],
  [{ category: "health", share: 0.018, online: 0.05 }, 5],
  [{ category: "entertainment", share: 0.009, online: 0.6 }, 6],
  [{ category: "travel", share: 0.11, online: 0.8 }, 2],
  [{ category: "education", share: 0.06, online: 0.4 }, 2],
]);

const merchantNames: Readonly<Record<Language, Readonly<Partial<Record<Category, readonly string[]>>>>> = {
  ar: {
    groceries: ["أسواق الواحة", "سوبرماركت البستان", "هايبر الخير", "بقالة النور", "تعاونية الاتحاد الجديد"],
    restaurant: ["مطعم البيت الشامي", "مقهى القمرية", "مشويات السلطان", "كافيه المدينة", "مطعم بحر الخليج"],
    fuel: ["محطة الطريق", "محطة وقود الساحل", "محطة الدانة"],
    transport: ["تاكسي المدينة", "بطاقة المترو", "مواقف"],
    shopping: ["مول الريان", "أزياء لمسة", "إلكترونيات المستقبل", "دار العطور", "متجر سلة البيت"],
    health: ["صيدلية الشفاء", "مستوصف الحياة", "عيادات الابتسامة"],
    travel: ["سفريات الأفق", "فنادق الواحة", "طيران الشراع"],
    entertainment: ["سينما النجوم", "نادي اللياقة", "اشتراك مشاهد بلس"],
    education: ["مدارس الرواد", "مكتبة القلم", "معهد اللغات"],
    utilities: ["هيئة الكهرباء والمياه"],
    telecom: ["اتصالات المدى"],
    insurance: ["تكافل الأمان"],
    rent: ["مؤسسة الدار العقارية"],
  },
  fa: {
    groceries: ["فروشگاه رفاه محله", "هایپر سبلان", "سوپرمارکت گلها", "میوه‌فروشی باغ", "نان داغ سنگک"],
    restaurant: ["رستوران نارنج", "کافه ترنج", "کبابی حاج حسن", "پیتزا ناپل", "چلوکبابی شمشیری نو"],
    fuel: ["جایگاه سوخت آزادی", "پمپ بنزین مدرس"],
    transport: ["تاکسی اینترنتی همراه", "کارت مترو", "پارکینگ مرکزی"],
    shopping: ["پوشاک نگین", "بازار موبایل", "فروشگاه اینترنتی سبدکالا", "لوازم خانگی پارسه", "کتابفروشی چشمه نو"],
    health: ["داروخانه شبانه‌روزی سینا", "درمانگاه مهر", "دندانپزشکی لبخند"],
    travel: ["آژانس مسافرتی پرستو", "هتل عباسی نو", "قطارهای مسافربری"],
    entertainment: ["سینما آفریقا", "باشگاه ورزشی آرین", "اشتراک فیلم‌نما"],
    education: ["دبیرستان فرزانگان", "آموزشگاه زبان ایران", "دانشگاه آزاد"],
    utilities: ["شرکت توزیع برق", "شرکت ملی گاز", "آبفا"],
    telecom: ["همراه پارسی"],
    insurance: ["بیمه پارسیان نو"],
    rent: ["املاک آرمان"],
  },
  zh: {
    groceries: ["好邻居超市", "鲜丰果园", "家家悦便利店", "社区生鲜", "万客来超市"],
    restaurant: ["老成都火锅", "江南小馆", "一品粥铺", "晨光咖啡", "兰州拉面馆"],
    fuel: ["中原加油站", "滨海石油加油站"],
    transport: ["地铁乘车", "快达出行", "高速通行费"],
    shopping: ["天地百货", "优品商城", "数码广场", "悦衣服饰", "云集网购"],
    health: ["同康大药房", "仁爱医院", "阳光口腔"],
    travel: ["远行旅行网", "锦程酒店", "铁路客票"],
    entertainment: ["星光影城", "乐动健身", "彩虹视频会员"],
    education: ["新知教育", "启明书店", "实验小学"],
    utilities: ["城市电力", "燃气公司", "自来水公司"],
    telecom: ["通达移动"],
    insurance: ["安泰人寿"],
    rent: ["安居房屋租赁"],
  },
  es: {
    groceries: ["Supermercados La Ribera", "Frutería Lola", "Hipermercado Alameda", "Panadería San José", "Mercado Central"],
    restaurant: ["Bar El Rincón", "Cafetería Lisboa", "Restaurante Casa Paco", "Pizzería Bella", "Taberna del Mar"],
    fuel: ["Estación de servicio Norte", "Gasolinera La Cañada"],
    transport: ["Abono transporte", "Taxi Ciudad", "Aparcamiento Centro"],
    shopping: ["Modas Elena", "Electrohogar", "Galerías Princesa", "Librería Cervantes", "Tienda Online Ibérica"],
    health: ["Farmacia Ldo. Ruiz", "Clínica Dental Sonrisa", "Óptica Visión"],
    travel: ["Viajes Horizonte", "Hotel Miramar", "Trenes del Sur"],
    entertainment: ["Cines Capitol", "Gimnasio Activa", "Suscripción SerieTV"],
    education: ["Colegio Santa María", "Academia de idiomas", "Papelería Sol"],
    utilities: ["Eléctrica del Duero", "Aguas Municipales", "Gas Peninsular"],
    telecom: ["Telefonía Ibercom"],
    insurance: ["Mutua Levantina"],
    rent: ["Alquileres Puerta Real"],
  },
  en: {
    groceries: ["Harvest Foods", "Corner Pantry", "Millbrook Stores", "Daily Fresh Market", "Greengrocer & Sons"],
    restaurant: ["The Copper Kettle", "Luigi's", "Spice Garden", "The Fox and Hound", "Bean Street Coffee"],
    fuel: ["Ridgeway Service Station", "Orbital Fuels"],
    transport: ["City Transit", "Swift Cabs", "Parking Services"],
    shopping: ["Harper & Lane", "Electric Avenue", "Bookworm", "HomeStyle", "Parcelbay"],
    health: ["Wellspring Pharmacy", "Bright Dental", "Clearview Opticians"],
    travel: ["Albatross Travel", "Seaview Hotels", "Northern Rail Tickets"],
    entertainment: ["Roxy Cinema", "Pulse Gym", "StreamBox"],
    education: ["St Mary's School", "Open Learning", "College Fees"],
    utilities: ["Severn Power", "Thames Valley Water", "Pennine Gas"],
    telecom: ["Beacon Mobile"],
    insurance: ["Albion Mutual"],
    rent: ["Oakfield Lettings"],
  },
};

export function merchants(language: Language, category: Category): readonly string[] {
  return merchantNames[language][category] ?? [""];
}

/** Merchants that fraudsters used, in no customer's habits. */
export const fraudMerchants = [
  "LUXGOODS24 ONLINE",
  "GIFTCARD EXPRESS",
  "CRYPTO INSTANT EX",
  "ELECTRO MEGASTORE",
  "GLOBAL TOPUP LTD",
  "JEWEL PALACE",
] as const;

const statementTexts: Readonly<Record<Language, Readonly<Partial<Record<Category, string>>>>> = {
  ar: {
    salary: "راتب",
    pension: "معاش",
    allowance: "مصروف",
    rent: "إيجار",
    utilities: "كهرباء ومياه",
    telecom: "فاتورة هاتف",
    cash: "سحب نقدي",
    transfer: "تحويل",
    savings: "تحويل إلى التوفير",
    interest: "عائد",
    fee: "رسوم",
    loan_payout: "صرف تمويل",
    loan_payment: "قسط تمويل",
    card_payment: "سداد بطاقة",
    insurance: "قسط تأمين",
    investment: "اكتتاب",
    invoice: "سداد فاتورة",
    supplier: "دفعة مورد",
    payroll: "رواتب الموظفين",
    tax: "ضريبة",
    remittance: "حوالة خارجية",
    deposit: "وديعة",
  },
  fa: {
    salary: "حقوق",
    pension: "مستمری بازنشستگی",
    allowance: "کمک‌هزینه",
    rent: "اجاره",
    utilities: "قبض",
    telecom: "قبض تلفن",
    cash: "برداشت نقدی",
    transfer: "انتقال وجه",
    savings: "انتقال به پس‌انداز",
    interest: "سود سپرده",
    fee: "کارمزد",
    loan_payout: "پرداخت تسهیلات",
    loan_payment: "قسط تسهیلات",
    card_payment: "پرداخت کارت اعتباری",
    insurance: "حق بیمه",
    investment: "خرید واحد صندوق",
    invoice: "دریافت بابت فاکتور",
    supplier: "پرداخت به تأمین‌کننده",
    payroll: "حقوق کارکنان",
    tax: "مالیات",
    remittance: "حواله ارزی",
    deposit: "سپرده",
  },
  zh: {
    salary: "工资",
    pension: "养老金",
    allowance: "生活费",
    rent: "房租",
    utilities: "水电燃气费",
    telecom: "话费",
    cash: "取现",
    transfer: "转账",
    savings: "转存储蓄",
    interest: "结息",
    fee: "手续费",
    loan_payout: "贷款发放",
    loan_payment: "贷款还款",
    card_payment: "信用卡还款",
    insurance: "保费",
    investment: "基金申购",
    invoice: "货款",
    supplier: "付供应商款",
    payroll: "代发工资",
    tax: "税款",
    remittance: "跨境汇款",
    deposit: "定期存款",
  },
  es: {
    salary: "Nómina",
    pension: "Pensión",
    allowance: "Asignación",
    rent: "Alquiler",
    utilities: "Recibo suministros",
    telecom: "Recibo teléfono",
    cash: "Reintegro cajero",
    transfer: "Transferencia",
    savings: "Traspaso a ahorro",
    interest: "Intereses",
    fee: "Comisión",
    loan_payout: "Abono préstamo",
    loan_payment: "Cuota préstamo",
    card_payment: "Pago tarjeta",
    insurance: "Recibo seguro",
    investment: "Suscripción fondo",
    invoice: "Cobro factura",
    supplier: "Pago proveedor",
    payroll: "Nóminas empleados",
    tax: "Impuestos",
    remittance: "Transferencia internacional",
    deposit: "Depósito a plazo",
  },
  en: {
    salary: "Salary",
    pension: "Pension",
    allowance: "Allowance",
    rent: "Rent",
    utilities: "Utility bill",
    telecom: "Phone bill",
    cash: "Cash withdrawal",
    transfer: "Transfer",
    savings: "Transfer to savings",
    interest: "Interest",
    fee: "Fee",
    loan_payout: "Loan payout",
    loan_payment: "Loan instalment",
    card_payment: "Card payment",
    insurance: "Insurance premium",
    investment: "Fund purchase",
    invoice: "Invoice paid",
    supplier: "Supplier payment",
    payroll: "Payroll",
    tax: "Tax",
    remittance: "International transfer",
    deposit: "Term deposit",
  },
};

/** What the statement says in the language of the branch; purchases carry the merchant's name instead. */
export function statementText(language: Language, category: Category): string {
  return statementTexts[language][category] ?? "";
}
