import { type NamePart, nameParts } from "./names/name-part.ts";
import type { Language } from "./places.ts";
import { type Random, Weighted } from "./random.ts";

interface Trade {
  readonly industry: string;
  readonly words: Readonly<Record<Language, NamePart>>;
}

function trade(industry: string, words: readonly [ar: string, fa: string, zh: string, es: string, en: string]): Trade {
  const [ar, fa, zh, es, en] = words;
  const part = (text: string): NamePart => {
    const [native = "", latin = native] = text.split("|");
    return { native, latin: [latin] };
  };
  return { industry, words: { ar: part(ar), fa: part(fa), zh: part(zh), es: part(es), en: part(en) } };
}

const trades = new Weighted<Trade>([
  [trade("wholesale", ["للتجارة العامة|General Trading", "بازرگانی|Trading", "贸易|Trading", "Comercial", "Trading"]), 9],
  [trade("construction", ["للمقاولات|Contracting", "ساختمانی|Construction", "建筑工程|Construction", "Construcciones", "Construction"]), 8],
  [trade("transport", ["للنقل والخدمات اللوجستية|Logistics", "حمل و نقل|Transport", "物流|Logistics", "Transportes", "Logistics"]), 6],
  [trade("food", ["للمواد الغذائية|Foodstuff", "صنایع غذایی|Food Industries", "食品|Food", "Alimentación", "Foods"]), 6],
  [
    trade("technology", ["لتقنية المعلومات|Information Technology", "فناوری اطلاعات|IT", "科技|Technology", "Tecnologías", "Technologies"]),
    6,
  ],
  [
    trade("health", [
      "للخدمات الطبية|Medical Services",
      "تجهیزات پزشکی|Medical Equipment",
      "医药|Pharmaceutical",
      "Clínicas",
      "Healthcare",
    ]),
    4,
  ],
  [trade("manufacturing", ["للصناعات|Industries", "صنایع|Industries", "机械制造|Machinery", "Industrias", "Engineering"]), 5],
  [trade("real estate", ["للعقارات|Real Estate", "املاک و مستغلات|Real Estate", "置业|Properties", "Inmobiliaria", "Properties"]), 5],
  [trade("hospitality", ["للضيافة|Hospitality", "گردشگری|Tourism", "酒店管理|Hotel Management", "Hostelería", "Hospitality"]), 4],
  [trade("retail", ["للتجزئة|Retail", "فروشگاه‌های|Stores", "百货|Department Stores", "Distribuciones", "Retail"]), 5],
  [trade("agriculture", ["للزراعة|Agriculture", "کشاورزی|Agro", "农业|Agriculture", "Agrícola", "Farms"]), 3],
  [trade("services", ["للاستشارات|Consulting", "مشاوره|Consulting", "咨询|Consulting", "Consultores", "Consulting"]), 4],
]);

const fancies: Readonly<Record<Language, Weighted<NamePart>>> = {
  ar: nameParts(`النخيل|Al Nakheel; الواحة|Al Waha; الفجر|Al Fajr; الأفق|Al Ufuq; النور|Al Noor; الريادة|Al Riyada; الصقر|Al Saqr; اللؤلؤة|Al Lulua; الخليج|Al Khaleej; الاتحاد|Al Ittihad; الأصالة|Al Asala; المستقبل|Al Mustaqbal
    البحر الأحمر|Red Sea; نجد|Najd; الحجاز|Al Hijaz; المدار|Al Madar; السراج|Al Siraj; الياقوت|Al Yaqoot; القمة|Al Qimma; الركن|Al Rukn; الميناء|Al Mina; الغدير|Al Ghadeer; الساحل|Al Sahel; البيان|Al Bayan`),
  fa: nameParts(`پارس|Pars; آریا|Aria; سپهر|Sepehr; پیشگامان|Pishgaman; البرز|Alborz; دماوند|Damavand; زاگرس|Zagros; کیمیا|Kimia; نوین|Novin; سپاهان|Sepahan; توس|Toos; آذر|Azar; مهر|Mehr; ایرانیان|Iranian; پویش|Pouyesh
    فردا|Farda; آرمان|Arman; خزر|Khazar; کاسپین|Caspian; پایدار|Paydar; بهساز|Behsaz; رایان|Rayan; نگین|Negin; هیرکان|Hyrcan; جهان|Jahan; سروش|Soroush`),
  zh: nameParts(`华盛|Huasheng; 金龙|Jinlong; 宏达|Hongda; 瑞丰|Ruifeng; 恒通|Hengtong; 天成|Tiancheng; 东方|Dongfang; 长信|Changxin; 鑫源|Xinyuan; 中兴隆|Zhongxinglong; 富安|Fu'an; 嘉禾|Jiahe; 博远|Boyuan; 海川|Haichuan
    盛世|Shengshi; 明珠|Mingzhu; 瑞祥|Ruixiang; 永泰|Yongtai; 华美|Huamei; 安康|Ankang; 新世纪|Xinshiji; 佳和|Jiahe; 腾飞|Tengfei; 百川|Baichuan; 卓越|Zhuoyue; 正大和|Zhengdahe`),
  es: nameParts(`del Sur; Levante; Ibérica; La Ribera; El Pinar; Hermanos Molina; San Isidro; Mediterránea; Castilla; Alameda; Nova; La Encina; Valdeluz; Norte; Costa Clara; Sierra Blanca; El Molino; Montalbán; Guadalquivir; Puerta Real
    Arroyo; Los Olivos; Santa Clara; Atlántica; Turia; Monteverde`),
  en: nameParts(`Ashford; Kingsway; Northgate; Harbour; Oakfield; Brightwater; Whitmore; Redbridge; Silverdale; Thornbury; Westbrook; Meridian; Castle; Hawthorn; Pennine; Caledonian; Bluebell; Highland; Rosewood; Fairfax; Albion; Stonehaven
    Linden; Marlow; Cromwell; Eastgate`),
};

/** A company's name as registered and in Latin letters, with the legal form of its country. */
export interface CompanyName {
  readonly native: string;
  readonly latin: string;
  readonly short: string; // as its own people and their pay slips write it
  readonly legalForm: string;
  readonly industry: string;
}

/** `place` is the city as its language and as Latin letters write it. `gulf` tells the Emirates (AE) from the Kingdom (SA). */
export function makeCompany(random: Random, language: Language, place: { local: string; latin: string; emirates: boolean }): CompanyName {
  const { industry, words } = trades.pick(random);
  const word = words[language];
  const fancy = fancies[language].pick(random);
  const fancyLatin = fancy.latin[0] ?? fancy.native;
  const wordLatin = word.latin[0] ?? word.native;
  const large = random.chance(0.18);
  switch (language) {
    case "ar": {
      const form = large ? "ش.م.ع." : place.emirates ? "ذ.م.م." : "المحدودة";
      const latinForm = large ? "PJSC" : place.emirates ? "LLC" : "Co. Ltd.";
      const short = `شركة ${fancy.native} ${word.native}`;
      return { native: `${short} ${form}`, latin: `${fancyLatin} ${wordLatin} ${latinForm}`, short, legalForm: latinForm, industry };
    }
    case "fa": {
      const form = large ? "سهامی عام" : random.chance(0.7) ? "سهامی خاص" : "با مسئولیت محدود";
      const short = `شرکت ${word.native} ${fancy.native}`;
      return { native: `${short} (${form})`, latin: `${fancyLatin} ${wordLatin} Co.`, short, legalForm: form, industry };
    }
    case "zh": {
      const form = large ? "股份有限公司" : "有限公司";
      const short = `${fancy.native}${word.native}`;
      return {
        native: `${place.local}${short}${form}`,
        latin: `${place.latin} ${fancyLatin} ${wordLatin} Co., Ltd.`,
        short,
        legalForm: form,
        industry,
      };
    }
    case "es": {
      const form = large ? "S.A." : "S.L.";
      const short = `${word.native} ${fancy.native}`;
      return { native: `${short}, ${form}`, latin: `${short}, ${form}`, short, legalForm: form, industry };
    }
    case "en": {
      const form = large ? "PLC" : "Ltd";
      const short = `${fancy.native} ${word.native}`;
      return { native: `${short} ${form}`, latin: `${short} ${form}`, short, legalForm: form, industry };
    }
  }
}
