import { nameParts } from "./name-part.ts";

export const english = {
  olderMen: nameParts(`
    David|David/Dave|12; John|John/Jon|12; Michael|Michael/Mike|10; Peter|Peter/Pete|8; Robert|Robert/Bob/Rob|8; Paul||8; Alan|Alan/Allan/Allen|6; James|James/Jim|7; Stephen|Stephen/Steven/Steve|7; Richard|Richard/Dick|6
    William|William/Bill|5; Anthony|Anthony/Tony|5; Christopher|Christopher/Chris|5; Brian|Brian/Bryan|4; Andrew|Andrew/Andy|5; Kenneth|Kenneth/Ken|3; Graham|Graham/Graeme|3; Keith||3; Roger||2; Geoffrey|Geoffrey/Jeffrey/Geoff|2
    Martin||3; Colin||2; Derek||2; Raymond|Raymond/Ray|2; Ian|Ian/Iain|4; Nigel||2; Trevor||1; Barry||1; Malcolm||1; Rajesh||1; Winston||0.6; Patrick|Patrick/Pat|1.5`),
  youngerMen: nameParts(`
    James|James/Jamie|9; Thomas|Thomas/Tom|8; Daniel|Daniel/Dan|8; Matthew|Matthew/Matt|7; Oliver|Oliver/Ollie|6; Jack||7; Joshua|Joshua/Josh|6; Samuel|Samuel/Sam|5; Benjamin|Benjamin/Ben|5; Joseph|Joseph/Joe|4
    Alexander|Alexander/Alex|5; Luke||4; Harry||4; Ryan||4; Adam||4; George||4; Lewis|Lewis/Louis|3; Liam||3; Callum|Callum/Calum|3; Jake||3; Nathan||3; Connor|Connor/Conor|2.5; Henry||2.5; Charlie||3; Edward|Edward/Ed|2.5
    Kieran|Kieran/Kieron|1.5; Imran||1; Arjun||1; Kwame||0.5; Theo||2; Max||2; Owen||2; Rhys||1.5; Callan||0.3; Dylan||1.5`),
  olderWomen: nameParts(`
    Susan|Susan/Sue|10; Margaret|Margaret/Maggie|8; Christine|Christine/Chris|7; Patricia|Patricia/Pat|6; Linda|Linda/Lynda|6; Jacqueline|Jacqueline/Jackie|4; Elizabeth|Elizabeth/Liz|6; Barbara||5; Ann|Ann/Anne|6; Carol|Carol/Carole|5
    Helen||5; Jane|Jane/Jayne|4; Janet||4; Julie||5; Karen||4; Sandra||3; Deborah|Deborah/Debra/Debbie|3; Catherine|Catherine/Katherine/Kate|4; Sheila|Sheila/Shelagh|2; Maureen||2; Gillian|Gillian/Jill|2.5; Judith|Judith/Judy|2
    Hilary|Hilary/Hillary|1; Dorothy||1.5; Jean||2; Theresa|Theresa/Teresa|1.5; Lesley|Lesley/Leslie|2; Pauline||2`),
  youngerWomen: nameParts(`
    Emily||8; Charlotte||7; Sophie|Sophie/Sophy|6; Olivia||5; Jessica|Jessica/Jess|6; Emma||6; Rebecca|Rebecca/Rebekah/Becky|5; Hannah|Hannah/Hanna|5; Lucy||5; Amy||4; Chloe||4.5; Laura||4; Sarah|Sarah/Sara|5; Megan|Megan/Meghan|4
    Katie|Katie/Katy|3; Grace||3.5; Alice||3; Lauren||3.5; Natalie|Natalie/Nathalie|2.5; Georgia||2.5; Zoe|Zoe/Zoë|2.5; Bethany|Bethany/Beth|2.5; Holly||2.5; Amelia||3; Isabella|Isabella/Isabelle|2.5; Eleanor|Eleanor/Elinor/Ellie|2.5
    Priya||1.2; Aisha||1; Niamh||0.8; Imogen||1; Poppy||1.5; Rachel|Rachel/Rachael|3; Victoria|Victoria/Vicky|3; Abigail|Abigail/Abby|2; Freya||1; Harriet||1.2`),
  families: nameParts(`
    Smith|Smith/Smyth|25; Jones||20; Taylor|Taylor/Tayler|16; Williams||14; Brown|Brown/Browne|13; Davies|Davies/Davis|11; Evans||10; Wilson||9.5; Thomas||8.5; Johnson|Johnson/Johnston|8.5; Roberts||8.3; Robinson||7.8
    Thompson|Thompson/Thomson|7.8; Wright||7.6; Walker||7.5; White|White/Whyte|7.3; Edwards||7.2; Hughes||7; Green|Green/Greene|7; Hall||6.8; Lewis|Lewis/Louis|6.7; Harris|Harris/Harries|6.6; Clarke|Clarke/Clark|6.5; Patel||6.2
    Jackson||6; Wood||5.8; Turner||5.7; Martin||5.5; Cooper||5.4; Hill||5.2; Ward||5; Morris||4.9; Moore||4.8; Clark|Clark/Clarke|4.8; Lee|Lee/Leigh|4.7; King||4.6; Baker||4.5; Harrison||4.3; Morgan||4.3; Allen|Allen/Allan|4.2
    James||4; Scott||3.9; Phillips|Phillips/Philips|3.7; Watson||3.7; Davis|Davis/Davies|3.6; Parker||3.6; Bennett|Bennett/Bennet|3.5; Price||3.4; Griffiths||3.3; Young||3.2; Khan||3.2; Mitchell||3.1; Cook|Cook/Cooke|3.1
    Bailey|Bailey/Bayley|3; Carter||3; Richardson||3; Shaw||2.9; Collins||2.8; Bell||2.8; Kelly||2.8; Begum||1.4; Murphy||2.7; O'Brien|O'Brien/OBrien|1.6; O'Connor|O'Connor/OConnor|1.2; MacDonald|MacDonald/McDonald|2; Campbell||2.2
    Stewart|Stewart/Stuart|2.2; Reid|Reid/Reed|1.8; Fitzgerald||0.8; Okafor||0.5; Adeyemi||0.5; Singh||2.2; Ahmed||1.6; Hussain||1.8; Fox||1.5; Pearce|Pearce/Pierce|1.3; Barnes||1.6; Whitaker|Whitaker/Whittaker|0.7; Ashworth||0.6`),
} as const;
