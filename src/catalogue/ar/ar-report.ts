/** Arabic sentences of reports, by code. The rule on nesting is that of en-report.ts. */
import { arCopies } from './ar-copies.ts';
import { arFinding } from './ar-finding.ts';
import { arReportWords } from './ar-report-words.ts';

export const arReport = {
  ...arCopies,
  ...arFinding,
  ...arReportWords,

  n: {
    conflict_one: 'تعارض واحد',
    conflict_two: 'تعارضان',
    conflict_few: '{{count, number}} تعارضات',
    conflict_other: '{{count, number}} تعارضًا',
    day_one: 'يوم واحد',
    day_two: 'يومان',
    day_few: '{{count, number}} أيام',
    day_other: '{{count, number}} يومًا',
    duplicate_one: 'تكرار واحد',
    duplicate_two: 'تكراران',
    duplicate_few: '{{count, number}} تكرارات',
    duplicate_other: '{{count, number}} تكرارًا',
    entry_one: 'قيد واحد',
    entry_two: 'قيدان',
    entry_few: '{{count, number}} قيود',
    entry_other: '{{count, number}} قيدًا',
    file_one: 'ملف واحد',
    file_two: 'ملفان',
    file_few: '{{count, number}} ملفات',
    file_other: '{{count, number}} ملفًا',
    finding_one: 'نتيجة واحدة',
    finding_two: 'نتيجتان',
    finding_few: '{{count, number}} نتائج',
    finding_other: '{{count, number}} نتيجة',
    gap_one: 'فجوة واحدة',
    gap_two: 'فجوتان',
    gap_few: '{{count, number}} فجوات',
    gap_other: '{{count, number}} فجوة',
    line_one: 'سطر واحد',
    line_two: 'سطران',
    line_few: '{{count, number}} أسطر',
    line_other: '{{count, number}} سطرًا',
    malformed_one: 'سطر مشوّه واحد',
    malformed_two: 'سطران مشوّهان',
    malformed_few: '{{count, number}} أسطر مشوّهة',
    malformed_other: '{{count, number}} سطرًا مشوّهًا',
    node_one: 'عقدة واحدة',
    node_two: 'عقدتان',
    node_few: '{{count, number}} عقد',
    node_other: '{{count, number}} عقدة',
    gapsMissing_zero: 'ليس فيها فجوة',
    gapsMissing_one: 'ينقص في فجواتها قيد واحد على الأقل',
    gapsMissing_two: 'ينقص في فجواتها قيدان على الأقل',
    gapsMissing_few: 'ينقص في فجواتها {{count, number}} قيود على الأقل',
    gapsMissing_other: 'ينقص في فجواتها {{count, number}} قيدًا على الأقل',
    lacking_zero: 'لا ينقص نسخةً قيدٌ موجود في أخرى',
    lacking_one: 'قيد واحد في نسخة ينقص أخرى',
    lacking_two: 'قيدان في نسخة ينقصان أخرى',
    lacking_few: '{{count, number}} قيود في نسخة تنقص أخرى',
    lacking_other: '{{count, number}} قيدًا في نسخة تنقص أخرى',
    salvaged_one: '{{count, number}} مستعاد',
    salvaged_other: '{{count, number}} مستعادة',
    stream_one: 'تدفق واحد',
    stream_two: 'تدفقان',
    stream_few: '{{count, number}} تدفقات',
    stream_other: '{{count, number}} تدفقًا',
  },

  verdict: {
    intact:
      'لا فجوة في $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'intact-open':
      'لا فجوة حتى الآن في $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}. السجل قيد الكتابة، وثوانيه الأخيرة لم تُحسم بعد.',
    'incomplete-gaps_one':
      'ينقص قيد واحد على الأقل (العدد {{count, number}})، في $t(n.gap, {"count": {{gaps}} }) بين $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'incomplete-gaps_other':
      'عدد القيود الناقصة {{count, number}} على الأقل، في $t(n.gap, {"count": {{gaps}} }) بين $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'incomplete-damaged':
      'لا فجوة فيما أمكنت قراءته ($t(n.entry, {"count": {{entries}} })، من {{from}} إلى {{to}})؛ لكن $t(n.finding, {"count": {{count}} }) عن أسطر أو ملفات تالفة تدل على أن القراءة لم تشمل كل شيء.',
    'intact-copies':
      'لا فجوة في أي من النسخ ({{sources, number}})، وهي متفقة. في أكملها $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'incomplete-copies':
      'من بين النسخ ({{sources, number}}) أكملها $t(n.gapsMissing, {"count": {{missing}} })، و$t(n.lacking, {"count": {{lacking}} }). في أكملها $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'incomplete-other-copy':
      'من بين النسخ ({{sources, number}}) لا فجوة في أكملها، لكن في أخرى $t(n.gap, {"count": {{gaps}} }). في أكملها $t(n.entry, {"count": {{entries}} }) من $t(n.stream, {"count": {{streams}} }) على $t(n.node, {"count": {{nodes}} })، من {{from}} إلى {{to}}.',
    'contradicted-conflict_one':
      'السجل متناقض: {{count, number}} من $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}} يُقرأ قراءة أخرى في سطر آخر.',
    'contradicted-conflict_other':
      'السجل متناقض: {{count, number}} من $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}} تُقرأ قراءة أخرى في سطر آخر.',
    'contradicted-copies_one':
      'النسخ يناقض بعضها بعضًا: {{count, number}} من القيود يُقرأ في نسخة غير ما يُقرأ في أخرى، و$t(n.lacking, {"count": {{lacking}} }). في أكملها $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}}.',
    'contradicted-copies_other':
      'النسخ يناقض بعضها بعضًا: {{count, number}} من القيود تُقرأ في نسخة غير ما تُقرأ في أخرى، و$t(n.lacking, {"count": {{lacking}} }). في أكملها $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}}.',
    'contradicted-rewritten':
      'السجل متناقض: $t(n.file, {"count": {{count}} }) مما سُجّل سابقًا لم يعد موجودًا بايتًا ببايت. فيه الآن $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}}.',
    'contradicted-both':
      'تناقض السجلَّ أسطرٌ أخرى للقيود نفسها وما سُجّل سابقًا، في $t(n.finding, {"count": {{count}} }). فيه $t(n.entry, {"count": {{entries}} }) من {{from}} إلى {{to}}.',
    'none-no-entry': 'لم يكن هناك ما يُفحص: لم يُعثر على قيد في $t(n.file, {"count": {{files}} }).',
    'none-in-period':
      'لم يكن هناك ما يُقال: عُثر على $t(n.entry, {"count": {{entries}} })، ولا يقع أي منها في الفترة المطلوبة.',
  },
  verdictName: { intact: 'سليم', incomplete: 'ناقص', contradicted: 'متناقض', none: 'لا حكم' },
  verdictSays: {
    intact: 'كل seq يلزم تدفقًا موجود، وأمكنت قراءة كل سطر وملف، ولا يختلف شيء مما قورن.',
    'intact-open': 'لا ينقص شيء مؤكد ولا يختلف. ما ينقص الثواني الأخيرة قد يكون في الطريق.',
    incomplete: 'تنقص قيود، أو تعذّرت قراءة جزء من السجل.',
    contradicted: 'تقول نسخة من السجل، أو تسجيل سابق له، غير ما يقوله السجل الآن.',
    none: 'لم يُفحص شيء، فلا يمكن قول شيء.',
  },

  kind: {
    gap: 'فجوة',
    malformed: 'سطر مشوّه',
    unreadable: 'غير مقروء',
    'missing-in-copy': 'ناقص في نسخة',
    conflict: 'تعارض',
    rewritten: 'أُعيدت كتابته',
    duplicate: 'تكرار',
    clock: 'ساعة',
    silence: 'صمت',
    'missing-day': 'يوم ناقص',
    'unexplained-start': 'بداية بلا تفسير',
    'rule-weakened': 'قاعدة أُضعفت',
  },
  kinds: {
    gap: 'فجوات',
    malformed: 'أسطر مشوّهة',
    unreadable: 'ملفات ونطاقات غير مقروءة',
    'missing-in-copy': 'نواقص في نسخة',
    conflict: 'تعارضات',
    rewritten: 'أُعيدت كتابتها',
    duplicate: 'تكرارات',
    clock: 'ساعة',
    silence: 'صمت',
    'missing-day': 'أيام ناقصة',
    'unexplained-start': 'بدايات بلا تفسير',
    'rule-weakened': 'قواعد أُضعفت',
  },
  kindSays: {
    gap: 'التدفق يعدّ قيوده؛ وهذه القيم من seq ناقصة فيه.',
    malformed: 'سطر ليس قيدًا واحدًا كاملًا. ما أمكنت استعادته منه يُعدّ موجودًا.',
    unreadable: 'ملف، أو نطاق منه، تعذّرت قراءته.',
    'missing-in-copy': 'تنقص نسخةً من السجل قيودٌ موجودة في أخرى.',
    conflict: 'القيد نفسه (node وts وseq) يُقرأ على نحو مختلف في سطرين.',
    rewritten: 'ما سُجّل سابقًا لم يعد موجودًا بايتًا ببايت.',
    duplicate: 'السطر نفسه أكثر من مرة في مصدر واحد. لا يثبت شيئًا وحده.',
    clock: 'أوقات تسير عكس seq أكثر مما تفسّره الخيوط. لا تثبت شيئًا وحدها.',
    silence: 'فترة هادئة على خلاف المعتاد. الفترة الهادئة ليست فجوة.',
    'missing-day': 'يوم بلا أي قيد تقفز التدفقات فوقه.',
    'rule-weakened': 'يذكر السجل تغييرًا في قاعدة يُسجَّل بعده أقل مما قبله. ويجوز ذلك لمن له تغيير القواعد.',
    'unexplained-start': 'تدفق يبدأ عند seq لا يفسّره شيء قبله. ربما تنقص قيوده الأولى، أو قُلّم السجل.',
  },
  confidence: { high: 'عالية', medium: 'متوسطة', low: 'منخفضة' },
  dialect: { documented: 'موثّقة', observed: 'ملاحَظة', mixed: 'مختلطة', unknown: 'مجهولة' },

  start: {
    one: 'عند seq 1: عملية جديدة',
    'fork-base': 'عند قاعدة التفرّع: عملية متفرّعة',
    'log-start': 'كانت تعمل حين يبدأ السجل',
    gap: 'قيودها الأولى ناقصة',
    unexplained: 'لا شيء قبلها يفسّر موضع بدايتها',
  },

  notVisible: {
    'cut-tail':
      'قيود أُزيلت من آخر تدفق. لا شيء بعدها يدل على أنها وُجدت؛ وتدل عليها نسخة امتدت أبعد، أو تقرير سابق يُقارن به.',
    'whole-process': 'عملية أُزيلت قيودها كلها. لم يبق منها قيد يقفز فوق الثغرة.',
    'nothing-compared':
      'قيد عُدّل في موضعه، أو ملف قُصّر من آخره. لم يُقارن شيء: كانت هناك نسخة واحدة فقط، بلا تقرير سابق ولا مجاميع تحقّق.',
    'copy-not-compared': 'قيد عُدّل في موضعه قبل إعداد التقرير السابق أو مجاميع التحقّق، أو أُضيف بعدها ثم عُدّل.',
    'edited-everywhere': 'قيد عُدّل بالطريقة نفسها في كل النسخ المقارنة.',
    'hidden-by-end':
      'قيد أُزيل تمامًا حيث ينتهي قبله مباشرة تدفق آخر للعقدة نفسها. يُقرأ الاثنان حينئذ تدفقًا واحدًا متصلًا.',
    'auditing-off':
      'ما لم يُدقَّق أصلًا: قاعدة أُوقفت، أو أُفرغت حقولها المتابَعة (field_to_log_ids)، لا تترك هنا قيدًا.',
    truth: 'هل القيد صادق. فُحص أن القيود موجودة ومتسقة، لا أن ما تقوله قد حدث.',
    'before-log': 'ما كُتب قبل {{from}}، حيث يبدأ السجل.',
    'removed-by-retention_other':
      'ما أزاله المستقبِل بعد أن حفظه المدة المقررة، بحسب قوله هو: {{count, number}} سطرًا من {{first}} إلى {{last}}. وقد دُوّنت بصمات ملفاتها.',
    'period-limited':
      'النتائج خارج الفترة المطلوبة (من {{from}} إلى {{to}}). حُلّل السجل كله؛ ولا يُذكر إلا هذه الفترة.',
    'skipped-files_one': 'محتوى الملفات المتجاوَزة ({{count, number}}).',
    'skipped-files_other': 'محتوى الملفات المتجاوَزة ({{count, number}}).',
    'unreadable-ranges_one': 'محتوى الملفات أو النطاقات غير المقروءة ({{count, number}}).',
    'unreadable-ranges_other': 'محتوى الملفات أو النطاقات غير المقروءة ({{count, number}}).',
    'open-end':
      'كان السجل قيد الكتابة. أسطر لم تكتمل بعد: {{pending, number}}؛ نتائج من ثوانيه الأخيرة لا تحسم شيئًا بعد: {{provisional, number}}.',
    'taken-as-unchanged_one':
      'هل غُيّرت ملفات دون أن يتغيّر حجمها وأوقاتها ({{count, number}}): حُسبت بصماتها منذ فتح السجل ولم تُحسب من جديد لهذا التقرير.',
    'taken-as-unchanged_other':
      'هل غُيّرت ملفات دون أن يتغيّر حجمها وأوقاتها ({{count, number}}): حُسبت بصماتها منذ فتح السجل ولم تُحسب من جديد لهذا التقرير.',
    'salvaged-values_one': 'قيم القيود المستعادة من أسطر مشوّهة ({{count, number}}).',
    'salvaged-values_other': 'قيم القيود المستعادة من أسطر مشوّهة ({{count, number}}).',
  },

  skipped: {
    'no-entries': 'لا يوافق اسمه أي نمط تسمية، وأسطره الأولى ليست قيودًا (بلا node وts وseq).',
    empty: 'هو فارغ.',
    'special-file': 'ليس ملفًا عاديًا ({{kind}}).',
    'same-file': 'هو الملف {{of}} نفسه، ومحسوب هناك.',
    'linked-directory': 'هو رابط إلى {{target}}، وهو مجلد لا يُتبع.',
    'broken-link': 'هو رابط لا يؤدّي إلى شيء.',
    'link-in-archive': 'هو رابط داخل أرشيف، إلى {{target}}.',
    'unsupported-format': 'لا يمكن قراءة صيغته ({{format}}).',
  },

  method: {
    hashing: 'حُسبت بصمة SHA-256 لكل ملف كما هو مخزون، ولمحتواه بعد فك الضغط إن كان مضغوطًا.',
    reading:
      'لم يُكتب شيء فيما فُتح. فُصلت الأسطر عند البايت LF وحده، وقُرئ كل سطر حتى آخره، لا حيث node وts وseq فقط.',
    salvaging: 'السطر الذي ليس قيدًا واحدًا كاملًا مشوّه. والقيود التي أمكنت استعادتها منه تُعدّ موجودة.',
    streams:
      'قُسمت قيود كل عقدة إلى تدفقات، واحد لكل عملية، بحسب seq وts: كل قيد يلي قيدًا أسبق له seq الأدنى مباشرة ولم يأخذه قيد آخر.',
    starts:
      'التدفق الذي يبدأ عند seq 1 أو عند قاعدة تفرّع أو حيث يبدأ السجل يفسّر نفسه. وأي بداية أخرى تتابع تدفقًا منتهيًا، وما بينهما من seq فجوة.',
    'lower-bound':
      'عدد الفجوة هو أقل عدد من القيود لا بد أن ينقص في أي تقسيم يفسّر الأسطر بالقدر نفسه؛ وقد ينقص أكثر. والأوقات والمواضع على الجانبين واسعة بما يكفي لكل هذه التقسيمات.',
    processes:
      'حيث يسمّي syslog عملية كل قيد من قيود العقدة تكون التدفقات تدفقات العمليات نفسها، ولا يُستنتج منها شيء. ويُذكر إلى جانبها ما كانت أرقام seq والأوقات وحدها ستقوله، اختبارًا للاستنتاج.',
    'quiet-periods': 'الفترة بلا قيود ليست فجوة. الفجوة هي نقص seq فقط.',
    copies: 'ضُمّت قيود المصادر المتعددة بحسب node وts وseq وقورنت بمحتواها المحلَّل، وقورنت الأعداد كما كُتبت.',
    comparing: 'قورنت الملفات بايتًا ببايت، بعد فك ضغطها عند الحاجة، بما سُجّل سابقًا.',
    times: 'الأوقات كما هي في السجل، مع إزاحتها. والأيام أيام UTC.',
    causes: 'السبب هو أرجح تفسير يوافق القرائن. ليس دليلًا، والثقة تقول ما مدى موافقته.',
  },
} as const;
