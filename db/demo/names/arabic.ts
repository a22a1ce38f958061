import { nameParts } from "./name-part.ts";

/** Names of the Gulf and of the Egyptians, Syrians, Jordanians and Lebanese who live there. */
export const arabic = {
  olderMen: nameParts(`
    محمد|Mohammed/Muhammad/Mohamed/Mohamad|16; أحمد|Ahmed/Ahmad|10; علي|Ali|8; عبدالله|Abdullah/Abdulla/Abdallah|9; خالد|Khalid/Khaled|7
    إبراهيم|Ibrahim/Ebrahim|6; حسن|Hassan/Hasan|5; يوسف|Yousef/Yusuf/Youssef|5; عبدالرحمن|Abdulrahman/Abdul Rahman/Abdelrahman|6; سعيد|Saeed/Said|5
    صالح|Saleh/Salih|5; سالم|Salem/Salim|5; ناصر|Nasser/Nasir|4; عبدالعزيز|Abdulaziz/Abdul Aziz|5; محمود|Mahmoud/Mahmood|4; حسين|Hussein/Hussain/Husain|4
    مصطفى|Mustafa/Moustafa|3; سلطان|Sultan|3; فهد|Fahad/Fahd|4; راشد|Rashid/Rashed|3; جمال|Jamal/Gamal|3; عمر|Omar/Umar|4; سليمان|Sulaiman/Suleiman|3
    حمد|Hamad|3; عادل|Adel/Adil|2; طارق|Tariq/Tarek|2; منصور|Mansour/Mansoor|2; عبدالكريم|Abdulkarim/Abdul Karim|2; نبيل|Nabil/Nabeel|2; وليد|Walid/Waleed|2`),
  youngerMen: nameParts(`
    محمد|Mohammed/Muhammad/Mohamed/Mohamad|12; عبدالله|Abdullah/Abdulla/Abdallah|7; فيصل|Faisal/Faysal|5; عبدالرحمن|Abdulrahman/Abdul Rahman/Abdelrahman|6; سعود|Saud/Saoud|4
    خالد|Khalid/Khaled|4; عمر|Omar/Umar|5; يوسف|Yousef/Yusuf/Youssef|5; زايد|Zayed/Zaid|3; ماجد|Majid/Majed|3; تركي|Turki|3; بندر|Bandar|2; نواف|Nawaf|3
    سيف|Saif/Seif|3; حمدان|Hamdan|2; أحمد|Ahmed/Ahmad|7; علي|Ali|5; حمزة|Hamza/Hamzah|3; كريم|Karim/Kareem|3; زياد|Ziad/Ziyad|3; مشعل|Mishal/Meshal|2
    ريان|Rayan/Rayyan|2; إياد|Iyad/Eyad|2; هشام|Hisham/Hesham|2; باسل|Basel/Basil|2; أنس|Anas|2; معاذ|Muath/Moaz|2; رامي|Rami/Ramy|2`),
  olderWomen: nameParts(`
    فاطمة|Fatima/Fatma/Fatimah|14; عائشة|Aisha/Aysha/Ayesha|9; مريم|Mariam/Maryam|9; خديجة|Khadija/Khadijah|5; زينب|Zainab/Zaynab|6; نورة|Noura/Nora/Norah|6
    حصة|Hessa/Hissa|4; موزة|Moza/Mouza|3; سلمى|Salma|4; ليلى|Layla/Laila/Leila|5; أمينة|Amina/Ameena|4; منى|Mona/Muna|4; هدى|Huda/Hoda|4; سعاد|Suad/Souad|3
    نادية|Nadia/Nadiya|3; شيخة|Shaikha/Sheikha|4; لطيفة|Latifa/Lateefa|3; سميرة|Samira/Sameera|3; وفاء|Wafa/Wafaa|3; إيمان|Iman/Eman|3; سارة|Sara/Sarah|3`),
  youngerWomen: nameParts(`
    نورة|Noura/Nora/Norah|7; سارة|Sara/Sarah|8; مريم|Mariam/Maryam|8; فاطمة|Fatima/Fatma/Fatimah|8; ريم|Reem/Rim|6; لينا|Lina/Leena|5; شهد|Shahad/Shahd|4
    دانة|Dana|4; هند|Hind|4; ميثاء|Maitha/Maytha|3; روان|Rawan|3; جود|Joud/Jood|3; أسماء|Asma/Asmaa|4; رغد|Raghad|3; غادة|Ghada/Ghadah|3; هيا|Haya|3
    ياسمين|Yasmin/Yasmeen/Jasmine|4; نور|Nour/Noor|5; حنين|Haneen/Hanin|2; عبير|Abeer/Abir|3; لمى|Lama|3; رنا|Rana|3; دينا|Dina/Deena|3; ملاك|Malak|3`),
  gulfFamilies: nameParts(`
    المنصوري|Al Mansoori/Al-Mansouri/Almansoori|6; الشامسي|Al Shamsi/Al-Shamsi/Alshamsi|6; الكعبي|Al Kaabi/Al-Kaabi/Alkaabi|5; العتيبي|Al Otaibi/Al-Otaibi/Alotaibi|8
    القحطاني|Al Qahtani/Al-Qahtani/Alqahtani|8; الغامدي|Al Ghamdi/Al-Ghamdi/Alghamdi|8; الزهراني|Al Zahrani/Al-Zahrani/Alzahrani|7; الحربي|Al Harbi/Al-Harbi/Alharbi|7
    الدوسري|Al Dosari/Al-Dossari/Aldosari|7; الشهري|Al Shehri/Al-Shehri/Alshehri|5; المطيري|Al Mutairi/Al-Mutairi/Almutairi|7; العنزي|Al Anazi/Al-Enezi/Alanazi|6
    السويدي|Al Suwaidi/Al-Suwaidi/Alsuwaidi|5; النعيمي|Al Nuaimi/Al-Nuaimi/Alnuaimi|5; المهيري|Al Muhairi/Al-Mheiri/Almheiri|4; الهاشمي|Al Hashimi/Al-Hashemi/Alhashmi|4
    المري|Al Marri/Al-Marri/Almarri|4; البلوشي|Al Balushi/Al-Balooshi/Alblooshi|4; الفلاسي|Al Falasi/Al-Falasi/Alfalasi|4; الظاهري|Al Dhaheri/Al-Dhaheri/Aldhaheri|4
    السبيعي|Al Subaie/Al-Subaie/Alsubaie|4; الشمري|Al Shammari/Al-Shammari/Alshammari|5; الراشد|Al Rashed/Al-Rashid/Alrashed|3; الفارسي|Al Farsi/Al-Farsi/Alfarsi|3
    الخطيب|Al Khatib/Al-Khateeb/Alkhatib|2; العمري|Al Omari/Al-Amri/Alomari|3; الجابري|Al Jabri/Al-Jaberi/Aljaberi|3; باوزير|Bawazeer/Ba Wazir|1; الرميثي|Al Rumaithi/Al-Romaithi|3`),
  levantFamilies: nameParts(`
    حداد|Haddad|5; خوري|Khoury/Khouri|4; الخطيب|El Khatib/Al Khateeb|4; نصار|Nassar|3; عبدالسلام|Abdelsalam/Abdul Salam|3; الشريف|El Sherif/Al Sharif|4; منصور|Mansour|4
    حجازي|Hegazy/Hijazi|3; سلامة|Salama/Salameh|3; درويش|Darwish/Darwich|3; المصري|El Masry/Al Masri|4; السيد|El Sayed/Al Sayyed|5; عوض|Awad|3; بركات|Barakat|3
    الحسيني|El Husseini/Al Hussaini|3; قاسم|Qasim/Kassem|3; زيدان|Zidan/Zeidan|3; شاهين|Shaheen/Chahine|3; عيسى|Issa/Eissa|3; فرح|Farah|2; غانم|Ghanem/Ghanim|2; النجار|El Naggar/Al Najjar|3`),
} as const;
