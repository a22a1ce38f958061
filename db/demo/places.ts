import { type NamePart, nameParts } from "./names/name-part.ts";
import { Weighted } from "./random.ts";

export type Country = "AE" | "SA" | "IR" | "CN" | "ES" | "GB";
export type Language = "ar" | "fa" | "zh" | "es" | "en";

/** What is usual in a country: its money, working week and pay day. Every currency here has two minor digits (ISO 4217), the rial too. */
export interface Market {
  readonly country: Country;
  readonly region: string;
  readonly regionName: string;
  readonly language: Language;
  readonly currency: string;
  readonly salaryMinor: number; // the median month's pay
  readonly grainMinor: number; // cash amounts are multiples of this
  readonly payDay: number; // of the month; Iran pays on the last day of the Jalali month
  readonly restDays: readonly number[]; // 0 Sunday … 6 Saturday
  readonly streets: Weighted<NamePart>;
}

const list = (text: string) => nameParts(text);

export const markets: Readonly<Record<Country, Market>> = {
  AE: {
    country: "AE",
    region: "GULF",
    regionName: "Gulf · الخليج",
    language: "ar",
    currency: "AED",
    salaryMinor: 1_100_000,
    grainMinor: 5_000,
    payDay: 26,
    restDays: [6, 0],
    streets:
      list(`شارع الشيخ زايد|Sheikh Zayed Road; شارع الاتحاد|Al Ittihad Road; شارع جميرا|Jumeirah Street; شارع المرقبات|Al Muraqqabat Street; شارع الخليج|Al Khaleej Street
      شارع حمدان|Hamdan Street; شارع النصر|Al Nasr Street; شارع الكورنيش|Corniche Street; شارع المطار|Airport Road; شارع السلام|Al Salam Street; شارع الوحدة|Al Wahda Street`),
  },
  SA: {
    country: "SA",
    region: "GULF",
    regionName: "Gulf · الخليج",
    language: "ar",
    currency: "SAR",
    salaryMinor: 950_000,
    grainMinor: 5_000,
    payDay: 27,
    restDays: [5, 6],
    streets:
      list(`طريق الملك فهد|King Fahd Road; شارع العليا|Olaya Street; طريق الملك عبدالعزيز|King Abdulaziz Road; شارع التحلية|Tahlia Street; طريق الأمير سلطان|Prince Sultan Road
      شارع الأمير محمد بن عبدالعزيز|Prince Mohammed bin Abdulaziz Street; طريق المدينة|Madinah Road; شارع فلسطين|Palestine Street; شارع الستين|Siteen Street; طريق خريص|Khurais Road`),
  },
  IR: {
    country: "IR",
    region: "IRAN",
    regionName: "Iran · ایران",
    language: "fa",
    currency: "IRR",
    salaryMinor: 22_000_000_000,
    grainMinor: 50_000_000,
    payDay: 0,
    restDays: [4, 5],
    streets:
      list(`خیابان ولیعصر|Valiasr Street; خیابان انقلاب|Enghelab Street; خیابان شریعتی|Shariati Street; خیابان آزادی|Azadi Street; بلوار کشاورز|Keshavarz Boulevard; خیابان پاسداران|Pasdaran Street
      خیابان سعدی|Saadi Street; خیابان حافظ|Hafez Street; بلوار فردوسی|Ferdowsi Boulevard; خیابان چهارباغ|Chaharbagh Street; خیابان مطهری|Motahari Street; خیابان امام خمینی|Imam Khomeini Street
      خیابان بهشتی|Beheshti Street; خیابان میرداماد|Mirdamad Street; بلوار وکیل‌آباد|Vakilabad Boulevard; خیابان طالقانی|Taleghani Street`),
  },
  CN: {
    country: "CN",
    region: "CHINA",
    regionName: "China · 中国",
    language: "zh",
    currency: "CNY",
    salaryMinor: 980_000,
    grainMinor: 10_000,
    payDay: 10,
    restDays: [6, 0],
    streets:
      list(`人民路|Renmin Road; 中山路|Zhongshan Road; 解放路|Jiefang Road; 建设路|Jianshe Road; 南京路|Nanjing Road; 淮海路|Huaihai Road; 长安街|Chang'an Avenue; 和平路|Heping Road; 新华路|Xinhua Road
      文化路|Wenhua Road; 延安路|Yan'an Road; 朝阳路|Chaoyang Road; 天河路|Tianhe Road; 黄河路|Huanghe Road; 学院路|Xueyuan Road; 北京路|Beijing Road; 环城路|Huancheng Road; 滨江大道|Binjiang Avenue`),
  },
  ES: {
    country: "ES",
    region: "IBERIA",
    regionName: "Iberia",
    language: "es",
    currency: "EUR",
    salaryMinor: 185_000,
    grainMinor: 1_000,
    payDay: 28,
    restDays: [6, 0],
    streets:
      list(`Calle Mayor; Calle de Alcalá; Avenida de la Constitución; Calle Real; Paseo de Gracia; Calle San Juan; Calle del Carmen; Avenida de Andalucía; Plaza de España; Calle Nueva; Calle Goya; Gran Vía
      Calle de Serrano; Rambla de Cataluña; Calle Cervantes; Calle de la Paz; Ronda de Atocha; Calle Santa Ana; Avenida del Mediterráneo; Calle Colón; Calle Betis; Calle Aragón`),
  },
  GB: {
    country: "GB",
    region: "BRITAIN",
    regionName: "Britain",
    language: "en",
    currency: "GBP",
    salaryMinor: 255_000,
    grainMinor: 1_000,
    payDay: 28,
    restDays: [6, 0],
    streets:
      list(`High Street; Station Road; Church Lane; London Road; Victoria Road; Park Avenue; Queen Street; Manor Road; Mill Lane; Springfield Road; Albert Road; The Crescent; Grange Road; Kings Road
      Oxford Road; Windsor Close; Highfield Drive; North Street; Chapel Street; Alexandra Road; Green Lane; St John's Road; Broad Street; Wellington Terrace`),
  },
};

export interface City {
  readonly code: string;
  readonly country: Country;
  readonly local: string;
  readonly latin: string;
  readonly postal: string; // how postal codes begin
  readonly areaCode: string; // of a landline
  readonly birthplace: string; // how a Chinese resident id begins
  readonly languages: Weighted<Language>; // of the people who bank there
  readonly districts: readonly NamePart[];
}

function districts(text: string): readonly NamePart[] {
  return text.split(";").map((entry) => {
    const [native = "", latin = native] = entry.split("|").map((field) => field.trim());
    return { native, latin: [latin] };
  });
}

/** `facts`: local name|Latin name|how postal codes begin|area code|how a Chinese resident id begins. `speaks`: language and share of the customers. */
function city(code: string, country: Country, facts: string, speaks: string, quarters: string): City {
  const [local = "", latin = "", postal = "", areaCode = "", birthplace = ""] = facts.split("|");
  const languages = new Weighted(speaks.split(" ").map((share) => [share.slice(0, 2) as Language, Number(share.slice(2))] as const));
  return { code, country, local, latin, postal, areaCode, birthplace, languages, districts: districts(quarters) };
}

/** In the order in which the bank opened there: the smallest bank has the first six. */
export const cities: readonly City[] = [
  city(
    "AE-DXB",
    "AE",
    "دبي|Dubai||4|",
    "ar46 en26 fa16 zh7 es5",
    "المارينا|Marina; ديرة|Deira; بر دبي|Bur Dubai; جميرا|Jumeirah; الخليج التجاري|Business Bay; القصيص|Al Qusais",
  ),
  city(
    "SA-RUH",
    "SA",
    "الرياض|Riyadh|12|11|",
    "ar88 en12",
    "العليا|Olaya; الملز|Al Malaz; النخيل|Al Nakheel; السليمانية|Sulaymaniyah; الروضة|Al Rawdah; الياسمين|Al Yasmin",
  ),
  city(
    "IR-THR",
    "IR",
    "تهران|Tehran|1|21|",
    "fa97 ar2 en1",
    "ولیعصر|Valiasr; تجریش|Tajrish; ونک|Vanak; صادقیه|Sadeghieh; نارمک|Narmak; بازار|Bazaar; پاسداران|Pasdaran",
  ),
  city(
    "CN-SHA",
    "CN",
    "上海|Shanghai|200|21|310",
    "zh94 en6",
    "浦东|Pudong; 静安|Jing'an; 徐汇|Xuhui; 黄浦|Huangpu; 长宁|Changning; 虹口|Hongkou; 闵行|Minhang",
  ),
  city("ES-MAD", "ES", "Madrid|Madrid|28|91|", "es86 en4 ar5 zh5", "Salamanca; Chamberí; Centro; Retiro; Chamartín; Tetuán; Arganzuela"),
  city(
    "GB-LON",
    "GB",
    "London|London|SW|20|",
    "en74 ar9 zh7 fa5 es5",
    "City; Kensington; Canary Wharf; Islington; Ealing; Clapham; Stratford",
  ),
  city(
    "AE-AUH",
    "AE",
    "أبوظبي|Abu Dhabi||2|",
    "ar62 en28 fa6 zh4",
    "الكورنيش|Corniche; الخالدية|Khalidiyah; جزيرة الريم|Al Reem Island; المصفح|Musaffah; مدينة خليفة|Khalifa City",
  ),
  city(
    "SA-JED",
    "SA",
    "جدة|Jeddah|21|12|",
    "ar92 en8",
    "الروضة|Al Rawdah; البلد|Al Balad; الشاطئ|Ash Shati; الصفا|As Safa; السلامة|As Salamah",
  ),
  city(
    "IR-IFN",
    "IR",
    "اصفهان|Isfahan|81|31|",
    "fa100",
    "چهارباغ|Chaharbagh; جلفا|Jolfa; نقش جهان|Naqsh-e Jahan; هشت‌بهشت|Hasht Behesht; خانه اصفهان|Khaneh Isfahan",
  ),
  city(
    "CN-PEK",
    "CN",
    "北京|Beijing|100|10|110",
    "zh96 en4",
    "朝阳|Chaoyang; 海淀|Haidian; 西城|Xicheng; 东城|Dongcheng; 丰台|Fengtai; 通州|Tongzhou",
  ),
  city("ES-BCN", "ES", "Barcelona|Barcelona|08|93|", "es90 en5 zh3 ar2", "Eixample; Gràcia; Sants; Sarrià; Poblenou; Les Corts"),
  city("GB-MAN", "GB", "Manchester|Manchester|M|161|", "en85 ar8 zh7", "Deansgate; Didsbury; Salford; Chorlton; Piccadilly"),
  city(
    "IR-MHD",
    "IR",
    "مشهد|Mashhad|91|51|",
    "fa98 ar2",
    "وکیل‌آباد|Vakilabad; احمدآباد|Ahmadabad; سجاد|Sajjad; امام رضا|Imam Reza; قاسم‌آباد|Ghasemabad",
  ),
  city("CN-CAN", "CN", "广州|Guangzhou|510|20|440", "zh96 en2 ar2", "天河|Tianhe; 越秀|Yuexiu; 海珠|Haizhu; 荔湾|Liwan; 番禺|Panyu"),
  city("ES-SVQ", "ES", "Sevilla|Seville|41|95|", "es96 en4", "Triana; Nervión; Los Remedios; Macarena; Centro"),
  city("GB-EDI", "GB", "Edinburgh|Edinburgh|EH|131|", "en92 zh5 es3", "New Town; Leith; Morningside; Haymarket; Stockbridge"),
];
