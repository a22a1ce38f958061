-- Dates of three calendars, local digits and money as text: what the import casts by the million. Nothing here raises on bad input; bad input is null.
-- Plain sql functions are written so that PostgreSQL can inline them; each has a short way for the common shape and a careful way for the rest.
-- The arrays are printed by tools/generate-calendar-sql.ts, and a test holds them against the runtime's calendars day by day.

-- Arabic-Indic, Persian and full-width digits become ASCII; everything else stays.
create function platform.ascii_digits(value text) returns text
language sql immutable parallel safe
return case
  when octet_length(value) = char_length(value) then value
  else translate(value, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９', '012345678901234567890123456789')
end;

-- The day (days from 2000-01-01) on which a Jalali year 1200 to 1501 starts.
create function platform.jalali_year_start(year int) returns int
language sql immutable parallel safe
return ('{-65299,-64934,-64568,-64203,-63838,-63473,-63107,-62742,-62377,-62012,-61647,-61281,-60916,-60551,-60186,-59820,-59455,-59090,-58725,-58359,
-57994,-57629,-57264,-56898,-56533,-56168,-55803,-55437,-55072,-54707,-54342,-53976,-53611,-53246,-52881,-52515,-52150,-51785,-51420,-51054,
-50689,-50324,-49959,-49594,-49228,-48863,-48498,-48133,-47767,-47402,-47037,-46672,-46306,-45941,-45576,-45211,-44845,-44480,-44115,-43750,
-43384,-43019,-42654,-42289,-41923,-41558,-41193,-40828,-40462,-40097,-39732,-39367,-39001,-38636,-38271,-37906,-37541,-37175,-36810,-36445,
-36080,-35714,-35349,-34984,-34619,-34253,-33888,-33523,-33158,-32792,-32427,-32062,-31697,-31331,-30966,-30601,-30236,-29870,-29505,-29140,
-28775,-28409,-28044,-27679,-27314,-26948,-26583,-26218,-25853,-25488,-25122,-24757,-24392,-24027,-23661,-23296,-22931,-22566,-22200,-21835,
-21470,-21105,-20739,-20374,-20009,-19644,-19278,-18913,-18548,-18183,-17817,-17452,-17087,-16722,-16356,-15991,-15626,-15261,-14895,-14530,
-14165,-13800,-13435,-13069,-12704,-12339,-11974,-11608,-11243,-10878,-10513,-10147,-9782,-9417,-9052,-8686,-8321,-7956,-7591,-7225,
-6860,-6495,-6130,-5764,-5399,-5034,-4669,-4303,-3938,-3573,-3208,-2842,-2477,-2112,-1747,-1382,-1016,-651,-286,79,
445,810,1175,1540,1906,2271,2636,3001,3367,3732,4097,4462,4828,5193,5558,5923,6289,6654,7019,7384,
7750,8115,8480,8845,9211,9576,9941,10306,10671,11037,11402,11767,12132,12498,12863,13228,13593,13959,14324,14689,
15054,15420,15785,16150,16515,16881,17246,17611,17976,18342,18707,19072,19437,19803,20168,20533,20898,21264,21629,21994,
22359,22724,23090,23455,23820,24185,24551,24916,25281,25646,26012,26377,26742,27107,27473,27838,28203,28568,28934,29299,
29664,30029,30395,30760,31125,31490,31856,32221,32586,32951,33317,33682,34047,34412,34777,35143,35508,35873,36238,36604,
36969,37334,37699,38065,38430,38795,39160,39526,39891,40256,40621,40987,41352,41717,42082,42448,42813,43178,43543,43909,
44274,44639}'::int[])[year - 1199];

-- The day (days from 2000-01-01) on which an Umm al-Qura year 1300 to 1601 starts.
create function platform.hijri_year_start(year int) returns int
language sql immutable parallel safe
return ('{-42783,-42429,-42075,-41720,-41366,-41011,-40657,-40302,-39948,-39594,-39240,-38885,-38531,-38176,-37822,-37467,-37113,-36759,-36405,-36050,
-35695,-35341,-34986,-34632,-34278,-33924,-33569,-33215,-32860,-32506,-32152,-31798,-31443,-31089,-30734,-30380,-30025,-29671,-29317,-28963,
-28608,-28254,-27899,-27545,-27191,-26837,-26483,-26128,-25773,-25419,-25064,-24710,-24356,-24002,-23647,-23293,-22938,-22583,-22229,-21875,
-21521,-21167,-20812,-20458,-20103,-19749,-19395,-19041,-18686,-18332,-17977,-17622,-17268,-16914,-16560,-16206,-15851,-15496,-15142,-14787,
-14433,-14079,-13725,-13371,-13016,-12661,-12307,-11953,-11599,-11245,-10890,-10535,-10181,-9826,-9472,-9118,-8764,-8410,-8055,-7701,
-7346,-6992,-6638,-6284,-5929,-5575,-5220,-4865,-4511,-4157,-3803,-3449,-3094,-2739,-2385,-2030,-1676,-1322,-968,-613,
-259,96,450,804,1158,1512,1867,2222,2576,2931,3285,3639,3993,4347,4702,5056,5411,5765,6119,6473,
6828,7182,7537,7891,8246,8600,8954,9308,9663,10018,10372,10726,11081,11435,11789,12144,12499,12853,13208,13562,
13916,14270,14624,14979,15334,15688,16042,16396,16751,17105,17460,17814,18169,18523,18877,19231,19585,19940,20295,20649,
21003,21357,21711,22066,22421,22775,23130,23484,23838,24192,24547,24901,25256,25610,25965,26319,26673,27027,27382,27736,
28091,28445,28799,29153,29508,29862,30217,30572,30926,31280,31634,31988,32343,32698,33052,33407,33761,34115,34469,34823,
35178,35533,35887,36241,36595,36949,37304,37658,38013,38368,38722,39076,39430,39784,40139,40493,40848,41202,41556,41910,
42265,42619,42974,43329,43683,44037,44391,44745,45100,45455,45809,46164,46518,46872,47226,47581,47935,48290,48644,48998,
49352,49707,50061,50416,50770,51125,51479,51833,52187,52541,52896,53251,53605,53959,54313,54667,55022,55376,55731,56086,
56440,56794,57148,57502,57857,58212,58567,58921,59275,59629,59983,60338,60692,61047,61401,61756,62110,62464,62818,63173,
63528,63882}'::int[])[year - 1299];

-- Which months of an Umm al-Qura year 1300 to 1600 have 30 days: bit 0 is Muharram.
create function platform.hijri_long_months(year int) returns int
language sql immutable parallel safe
return ('{1365,683,2359,694,1398,876,2901,2730,2390,1182,2397,698,1461,938,2891,2710,1326,685,1389,2906,
1874,3877,3722,3350,2646,2741,1716,3497,2962,2853,1611,2715,858,1753,1492,3493,3402,2709,1334,2421,
756,1769,1748,1705,1333,605,1213,2490,948,2921,2858,2645,1197,2653,730,1753,3754,3732,3370,3158,
1198,2669,1386,3413,3402,2707,1323,2651,1338,1717,3753,3410,3369,2645,1197,1389,2794,1764,3793,3490,
2730,2394,730,1465,2994,1892,1737,1365,683,1243,2746,1460,3497,3410,2725,2349,621,2285,730,2773,
2725,2635,1175,2359,694,2421,3433,3410,3221,2347,603,1243,2517,1490,3493,3402,2709,1357,2733,938,
3026,3012,2953,2709,1325,1453,2922,1748,3529,3474,2726,2390,686,1389,874,2901,2730,2381,1181,2397,
698,1461,1450,3413,2714,2350,622,1373,2778,1748,1701,2855,2637,1197,1389,2906,1876,3913,3730,3366,
2646,854,1717,2986,2962,2853,1675,2715,1370,2778,1460,3497,2898,2714,1334,630,1397,2802,1748,1705,
1365,685,1213,2490,1396,2921,2898,2709,1325,2653,1242,2777,1714,3733,3626,3222,2350,2733,1386,3429,
3402,3349,1579,3163,1338,1717,3506,3428,3369,2645,1197,2413,2794,1768,3793,3492,3402,2666,730,1465,
2930,2920,1745,1621,1195,2395,698,1461,3497,3410,3238,2382,1134,2397,1242,2773,2730,2637,1179,2359,
1206,2421,3434,3410,2725,2379,683,1371,2777,1490,3525,3474,2853,1365,2741,1460,2985,1954,1861,1427,
2731,1238,2518,1490,2981,2890,2709,1197,349,733,2522,1460,1449,1325,603,2231,374,1389,2922,2762,
2710,1323,347,699,1462,3498,2964,3398,2701,1325,2717,1370,1877,1865,3859,3658,2710,1366,1717,2986,
2964}'::int[])[year - 1299];

-- The date of a year, month and day: Gregorian 1 to 9999, Jalali 1200 to 1500, Umm al-Qura 1300 to 1600. Null when there is no such day or no such calendar.
create function platform.date_in(calendar text, y int, m int, d int) returns date
language plpgsql immutable parallel safe as $$
begin
  if calendar = 'gregory' then
    return case
      when y between 1 and 9999 and m between 1 and 12 and d between 1 and 31
        and (d < 29 or d <= case m
          when 2 then case when y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0) then 29 else 28 end
          when 4 then 30 when 6 then 30 when 9 then 30 when 11 then 30 else 31 end)
      then make_date(y, m, d)
    end;
  elsif calendar = 'persian' then
    return case
      when y between 1200 and 1500 and m between 1 and 12 and d >= 1
        and d <= case when m <= 6 then 31 when m <= 11 then 30 else platform.jalali_year_start(y + 1) - platform.jalali_year_start(y) - 336 end
      then date '2000-01-01' + (platform.jalali_year_start(y) + 30 * (m - 1) + least(m - 1, 6) + d - 1)
    end;
  elsif calendar = 'islamic-umalqura' then
    return case
      when y between 1300 and 1600 and m between 1 and 12 and d between 1 and 29 + ((platform.hijri_long_months(y) >> (m - 1)) & 1)
      then date '2000-01-01'
        + (platform.hijri_year_start(y) + 29 * (m - 1) + bit_count((platform.hijri_long_months(y) & ((1 << (m - 1)) - 1))::bit(12))::int + d - 1)
    end;
  end if;
  return null;
end $$;

-- A date, with or without a time of day, as text. layout: the shape with one letter per digit (y, m, d, h, i for minute, s for second), as 'dd/mm/yyyy hh:ii:ss';
-- pattern: the anchored regular expression of that shape, without groups that capture (they cost ten times as much). Where separators stand, a leading zero
-- may be missing. A year of two digits is the one from pivot_year to pivot_year + 99; without a pivot it is no date.
-- Local digits are read, spaces around are ignored, seconds may carry a fraction (kept to the microsecond).
create function platform.moment_parse(value text, pattern text, layout text, calendar text, pivot_year int) returns timestamp
language plpgsql immutable parallel safe as $$
declare
  body text := btrim(platform.ascii_digits(value), E' \t\r\n');
  fraction text := '';
  y int;
  day date;
begin
  if position('s' in layout) > 0 then
    fraction := coalesce(substring(body from ':[0-9]{1,2}[.,]([0-9]{1,9})$'), '');
    body := case when fraction = '' then body else left(body, -1 - length(fraction)) end;
  end if;
  if octet_length(body) < octet_length(layout) then
    body := regexp_replace(body, '\m([0-9])\M', '0\1', 'g');
  end if;
  if body is null or body !~ pattern then
    return null;
  end if;
  if position('yyyy' in layout) > 0 then
    y := substr(body, position('y' in layout), 4)::int;
  else
    y := pivot_year + (((substr(body, position('y' in layout), 2)::int - pivot_year) % 100) + 100) % 100;
  end if;
  day := platform.date_in(calendar, y, substr(body, position('m' in layout), 2)::int, substr(body, position('d' in layout), 2)::int);
  if position('h' in layout) = 0 then
    return day;
  end if;
  body := substr(body, position('h' in layout));
  if substr(body, 1, 2)::int > 23 or substr(body, 4, 2)::int > 59 or substr(body, 7, 2) >= '60' then
    return null;
  end if;
  return day + make_time(substr(body, 1, 2)::int, substr(body, 4, 2)::int, 0)
    + (('0' || substr(body, 7, 2))::int * 1000000 + rpad(fraction, 6, '0')::int) * interval '1 microsecond';
end $$;

-- The texts a part of a date may be: numbers from first to last, zero-filled to width, between two separators. Called with constants it is worked out once a
-- statement, and `= any (…)` then looks up a hash: several times as fast as a regular expression.
create function platform.numerals(first int, last int, width int, before text, after text) returns text[]
language sql immutable parallel safe
return (select array_agg(before || lpad(n::text, width, '0') || after) from generate_series(first, last) n);

-- The texts a day and month may be, for days that exist in every year (of persian and islamic-umalqura: that may exist), in either order. As numerals, for `= any (…)`.
create function platform.month_days(calendar text, is_day_first boolean, separator text) returns text[]
language sql immutable parallel safe
return (
  select array_agg(case when is_day_first then lpad(d::text, 2, '0') || separator || lpad(m::text, 2, '0')
    else lpad(m::text, 2, '0') || separator || lpad(d::text, 2, '0') end)
  from generate_series(1, 12) m, generate_series(1, 31) d
  where case calendar
    when 'gregory' then platform.date_in('gregory', 2023, m, d) is not null
    when 'persian' then m <= 6 or d <= 30
    else d <= 30 end
);

-- Text that is no plain number: groups, other marks, local digits, signs behind, parentheses. See minor_units.
create function platform.minor_units_carefully(value text, decimal_mark text, group_mark text, minor_digits int) returns bigint
language plpgsql immutable parallel safe as $$
declare
  body text := value;
  negative boolean := false;
  whole text;
  fraction text;
begin
  if body is null or length(body) > 60 or minor_digits is null or minor_digits not between 0 and 8 then
    return null;
  end if;
  if octet_length(body) <> char_length(body) then
    -- Arabic exports wrap negative numbers in direction marks, and spreadsheets group with spaces of several widths.
    body := translate(platform.ascii_digits(body), U&'\2212\FE63\FF0D\FF0B\FF0E\FF0C\2019\00A0\202F\2009\3000\200E\200F\061C\202A\202B\202C\2066\2067\2069', '---+.,''    ');
  end if;
  body := btrim(body, E' \t\r\n');
  if body ~ '^\(.*\)$' then
    negative := true;
    body := btrim(substr(body, 2, length(body) - 2));
  elsif body ~ '^[-+]' then
    negative := left(body, 1) = '-';
    body := btrim(substr(body, 2));
  elsif body ~ '-$' then
    negative := true;
    body := btrim(left(body, -1));
  end if;
  -- From here '.' is the decimal mark and ',' the group mark; a mark that was not announced becomes one that no number has.
  body := translate(
    body,
    coalesce(nullif(decimal_mark, ''), '.') || coalesce(group_mark, '') || U&'.,?\066B\066C',
    '.' || case when group_mark <> '' then ',' else '' end || '???.,'
  );
  if body !~ '^([0-9]+|[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3})?([.][0-9]+)?$' or body = '' then
    return null;
  end if;
  whole := replace(split_part(body, '.', 1), ',', '');
  fraction := split_part(body, '.', 2);
  if length(fraction) > minor_digits then
    return null;
  end if;
  body := case when negative then '-' else '' end || coalesce(nullif(ltrim(whole || rpad(fraction, minor_digits, '0'), '0'), ''), '0');
  return case when pg_input_is_valid(body, 'bigint') then body::bigint end;
end $$;

-- Money as text in minor units, exact. Null when it is no number, has more decimals than the currency (minor_digits, 0 to 8), or does not fit bigint.
-- Accepts local digits, the Arabic marks U+066B and U+066C beside the announced ones, a minus before or behind, and parentheses for negative.
create function platform.minor_units(value text, decimal_mark text, group_mark text, minor_digits int) returns bigint
language sql immutable parallel safe
return case
  when decimal_mark = '.' and minor_digits between 0 and 8 and octet_length(value) + minor_digits <= 18
    and value ~ '^-?[0-9]+([.][0-9]+)?$' and scale(value::numeric) <= minor_digits
  then (value::numeric * ('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::int[])[minor_digits + 1])::bigint
  when decimal_mark = ',' and minor_digits between 0 and 8 and octet_length(value) + minor_digits <= 18
    and value ~ '^-?[0-9]+(,[0-9]+)?$' and scale(replace(value, ',', '.')::numeric) <= minor_digits
  then (replace(value, ',', '.')::numeric * ('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::int[])[minor_digits + 1])::bigint
  when decimal_mark = '.' and group_mark = ',' and minor_digits between 0 and 8 and octet_length(value) + minor_digits <= 18
    and value ~ '^-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?$' and scale(replace(value, ',', '')::numeric) <= minor_digits
  then (replace(value, ',', '')::numeric * ('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::int[])[minor_digits + 1])::bigint
  when decimal_mark = ',' and group_mark = '.' and minor_digits between 0 and 8 and octet_length(value) + minor_digits <= 18
    and value ~ '^-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]+)?$' and scale(translate(value, ',.', '.')::numeric) <= minor_digits
  then (translate(value, ',.', '.')::numeric * ('{1,10,100,1000,10000,100000,1000000,10000000,100000000}'::int[])[minor_digits + 1])::bigint
  else platform.minor_units_carefully(value, decimal_mark, group_mark, minor_digits)
end;
