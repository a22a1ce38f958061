/** The words around the values of a report, in the language the customer reads. */
export const pageWords = {
  en: {
    title: "What the bank knows of you",
    note: "Values as they are kept. What concerns other people is not shown.",
    kept: "Kept for {months} months after it is no longer needed.",
    keptForever: "Kept without a fixed term.",
    masked: "concerns somebody else",
    incomplete: "Only the first part is shown; ask the bank for the rest.",
  },
  ar: {
    title: "ما يعرفه البنك عنك",
    note: "القيم كما هي محفوظة. ولا يُعرض ما يخص أشخاصًا آخرين.",
    kept: "تُحفظ {months} شهرًا بعد انتفاء الحاجة إليها.",
    keptForever: "تُحفظ دون مدة محددة.",
    masked: "يخص شخصًا آخر",
    incomplete: "يُعرض الجزء الأول فقط؛ اطلب البقية من البنك.",
  },
  fa: {
    title: "آنچه بانک از شما می‌داند",
    note: "مقدارها همان‌گونه که نگهداری می‌شوند. آنچه به دیگران مربوط است نشان داده نمی‌شود.",
    kept: "{months} ماه پس از آنکه دیگر لازم نباشد نگهداری می‌شود.",
    keptForever: "بدون مدت معین نگهداری می‌شود.",
    masked: "به شخص دیگری مربوط است",
    incomplete: "تنها بخش نخست نشان داده شده؛ باقی را از بانک بخواهید.",
  },
  zh: {
    title: "银行掌握的您的信息",
    note: "按保存的原样列出。涉及他人的内容不予显示。",
    kept: "在不再需要后保存{months}个月。",
    keptForever: "保存期限不固定。",
    masked: "涉及他人",
    incomplete: "仅显示第一部分，其余请向银行索取。",
  },
  es: {
    title: "Lo que el banco sabe de usted",
    note: "Los valores tal como se guardan. No se muestra lo que concierne a otras personas.",
    kept: "Se guarda {months} meses después de dejar de ser necesario.",
    keptForever: "Se guarda sin plazo fijo.",
    masked: "concierne a otra persona",
    incomplete: "Solo se muestra la primera parte; pida el resto al banco.",
  },
} as const;
