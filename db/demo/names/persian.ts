import { nameParts } from "./name-part.ts";

const zwnj = "\u200c";

export const persian = {
  olderMen: nameParts(`
    محمد|Mohammad/Mohamad|12; علی|Ali|10; حسین|Hossein/Hosein/Hussein|9; حسن|Hassan/Hasan|7; رضا|Reza|8; مهدی|Mehdi/Mahdi|5; احمد|Ahmad|6; اکبر|Akbar|3; عباس|Abbas|4
    محمود|Mahmoud|4; ابراهیم|Ebrahim/Ibrahim|3; اسماعیل|Esmaeil/Ismail|3; غلامرضا|Gholamreza/Gholam Reza|3; محمدرضا|Mohammadreza/Mohammad Reza|5; علیرضا|Alireza/Ali Reza|4
    حمید|Hamid|4; ناصر|Naser/Nasser|3; مسعود|Masoud/Massoud|3; بهرام|Bahram|2; داریوش|Dariush/Daryoush|2; فریدون|Fereydoun/Fereidoon|2; جواد|Javad|3; منوچهر|Manouchehr|1
    سعید|Saeed/Saeid|4; مجید|Majid|3; پرویز|Parviz|2; ایرج|Iraj|1; خسرو|Khosrow/Khosro|1; هوشنگ|Houshang/Hooshang|1`),
  youngerMen: nameParts(`
    امیرحسین|Amirhossein/Amir Hossein/Amirhosein|7; محمد|Mohammad/Mohamad|8; علی|Ali|8; آرش|Arash|4; پویا|Pouya/Pooya|3; سینا|Sina|4; آرمان|Arman|3; کیان|Kian|3; مهدی|Mehdi/Mahdi|6
    امیرعلی|Amirali/Amir Ali|3; محمدمهدی|Mohammadmehdi/Mohammad Mahdi|3; نیما|Nima|3; بابک|Babak|2; سهراب|Sohrab|2; پارسا|Parsa|3; حمیدرضا|Hamidreza/Hamid Reza|3; میلاد|Milad|4
    حامد|Hamed|3; فرهاد|Farhad|3; شایان|Shayan|2; آرین|Aryan/Arian|2; کاوه|Kaveh|2; بهنام|Behnam|3; احسان|Ehsan|3; پیمان|Peyman/Payman|3; رضا|Reza|5; عرفان|Erfan|2`),
  olderWomen: nameParts(`
    فاطمه|Fatemeh/Fateme/Fatima|11; زهرا|Zahra|10; مریم|Maryam/Mariam|9; معصومه|Masoumeh/Masoume|6; زینب|Zeinab/Zaynab|4; سکینه|Sakineh|2; طاهره|Tahereh|4; اعظم|Azam|3
    ناهید|Nahid|4; مهین|Mahin|2; پروین|Parvin|3; شهلا|Shahla|3; فریبا|Fariba|4; لیلا|Leila/Layla|5; صدیقه|Sedigheh|2; اکرم|Akram|3; نسرین|Nasrin|3; منیژه|Manijeh|2; شیرین|Shirin|3
    مهناز|Mahnaz|3; سهیلا|Soheila|3; اشرف|Ashraf|1; گیتی|Giti|1; پری|Pari|1`),
  youngerWomen: nameParts(`
    زهرا|Zahra|8; فاطمه|Fatemeh/Fateme/Fatima|8; نازنین|Nazanin|4; سارا|Sara/Sarah|6; مریم|Maryam/Mariam|6; نیلوفر|Niloufar/Niloofar|4; یاسمن|Yasaman/Yasamin|3; پریسا|Parisa|4
    الهام|Elham|4; مینا|Mina|3; شیما|Shima|3; نگار|Negar|4; مهسا|Mahsa|4; آیدا|Aida|3; ریحانه|Reyhaneh/Rayhaneh|3; کیمیا|Kimia|2; سحر|Sahar|3; غزل|Ghazal|3; هانیه|Haniyeh/Hanieh|3
    ترانه|Taraneh|2; رها|Raha|2; بهاره|Bahareh|3; شقایق|Shaghayegh|2; سپیده|Sepideh|3; آتنا|Atena|2; الناز|Elnaz|3`),
  families: nameParts(`
    محمدی|Mohammadi|12; حسینی|Hosseini/Hoseini/Husseini|11; احمدی|Ahmadi|9; رضایی|Rezaei/Rezaee/Rezai|8; کریمی|Karimi|8; موسوی|Mousavi/Moosavi|7; جعفری|Jafari|6; حیدری|Heydari/Heidari|5
    قاسمی|Ghasemi/Qasemi|5; رحیمی|Rahimi|5; هاشمی|Hashemi|4; مرادی|Moradi|5; صادقی|Sadeghi/Sadeqi|4; ابراهیمی|Ebrahimi|4; اکبری|Akbari|4; نوری|Nouri/Noori|3; میرزایی|Mirzaei/Mirzaee|3
    رستمی|Rostami|3; عباسی|Abbasi|4; سلیمانی|Soleimani|3; کاظمی|Kazemi|3; شریفی|Sharifi|3; امینی|Amini|3; طاهری|Taheri|3; زارع|Zare/Zareh|3; یوسفی|Yousefi/Yusefi|3; بهرامی|Bahrami|3
    فرهادی|Farhadi|2; نجفی|Najafi|3; باقری|Bagheri/Baqeri|3; شیرازی|Shirazi|2; تهرانی|Tehrani|2; اصفهانی|Esfahani/Isfahani|2; تبریزی|Tabrizi|2; خراسانی|Khorasani|1
    علی${zwnj}پور|Alipour/Ali Pour|3; محمدپور|Mohammadpour/Mohammad Pour|2; حسین${zwnj}زاده|Hosseinzadeh/Hossein Zadeh|3; قلی${zwnj}زاده|Gholizadeh/Qolizadeh|2; کریم${zwnj}زاده|Karimzadeh|1
    رضایی${zwnj}نژاد|Rezaeinejad/Rezaei Nejad|1; موسوی${zwnj}نژاد|Mousavinejad/Mousavi Nejad|1; صالحی|Salehi|3; نادری|Naderi|2; کامرانی|Kamrani|1; جهانگیری|Jahangiri|1; پهلوان|Pahlavan|1
    ملکی|Maleki|2; فتحی|Fathi|2; شفیعی|Shafiei/Shafiee|2; خلیلی|Khalili|2; حقیقی|Haghighi|1; دهقان|Dehghan|2; سهرابی|Sohrabi|2; رنجبر|Ranjbar|2; عظیمی|Azimi|2; کیانی|Kiani|2`),
} as const;
