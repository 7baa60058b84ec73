/** Arabic sentences for what is said of a finding: its cause, the evidence, and what would settle it. */

/** Why a line is not an entry. */
const malformed = {
  torn: 'ينقطع السطر قبل اكتمال قيده.',
  glued: 'قيد مبتور وقيد آخر على سطر واحد.',
  'nul-bytes': 'في السطر بايتات NUL، كالتي يتركها انهيار أو قرص ممتلئ.',
  'invalid-utf8': 'السطر ليس UTF-8 صحيحًا.',
  'not-json': 'السطر ليس JSON.',
  'not-an-object': 'السطر JSON، لكنه ليس كائنًا.',
  'control-character': 'في السطر محرف تحكّم خام داخل سلسلة.',
  'missing-key': 'السطر كائن بلا node أو ts أو seq.',
  'bad-ts': 'قيمة ts فيه ليست وقتًا بصيغة ISO 8601.',
  'bad-seq': 'قيمة seq فيه ليست عددًا صحيحًا موجبًا.',
  'bad-node': 'قيمة node فيه ليست نصًا.',
  'too-deep': 'قيمه متداخلة أعمق مما يُقرأ.',
  'too-long': 'السطر أطول مما يُقرأ.',
} as const;

/** Why a file, or a range of it, could not be read. */
const unreadable = {
  permission: 'لم تكن القراءة مسموحة.',
  vanished: 'اختفى أو تغيّر أثناء قراءته.',
  'read-error': 'تعذّرت قراءته: أبلغ النظام عن خطأ، أو أنه ليس ملفًا عاديًا.',
  'damaged-compression': 'البيانات المضغوطة تالفة؛ وتعذّرت قراءة ما بعد ذلك الموضع.',
  'truncated-compression': 'تنقطع البيانات المضغوطة قبل نهايتها.',
  'unsupported-compression': 'لا يمكن قراءة هذا النوع من الضغط.',
  'trailing-bytes': 'تلي المحتوى المضغوط بايتات ليست بيانات مضغوطة. قُرئ المحتوى كله.',
  'damaged-archive': 'الأرشيف تالف.',
  encrypted: 'المحتوى مشفّر.',
  'nested-archive': 'هو أرشيف zip داخل أرشيف آخر.',
  'broken-link': 'هو رابط لا يؤدّي إلى شيء.',
} as const;

export const arFinding = {
  malformed,
  unreadable,

  cause: {
    ...malformed,
    ...unreadable,
    truncated: 'قُصّت الرسالة في طريقها، كما يفعل مُرحِّل له حدّ (في rsyslog: ‏8 كيلوبايت ما لم يُضبط غير ذلك).',
    'receiver-down':
      'المستقبِل متوقف: لم يكن مستقبِل Unbroken يعمل ليأخذ القيود، ومرسلو HTTP لا يعيدون إرسال شيء.',
    'midnight-race':
      'سباق منتصف الليل: حين تنتقل الخيوط إلى ملف اليوم التالي قد يضيع قيد أو قيدان من نسخة الملفات.',
    'missing-file': 'ملف ناقص: ملف يوم كامل غائب، ويستمر التدفق بعده.',
    'torn-line': 'سطر ممزّق: كُتب قيد جزئيًا فقط، كما عند قتل عملية أو امتلاء قرص.',
    'unreadable-file': 'ملف غير مقروء: قد تكون القيود في ملف تعذّرت قراءته.',
    unexplained: 'بلا تفسير؛ الحذف ممكن.',
    'not-delivered':
      'لم يصل، أو لم يُحفظ: ربما كان مستقبِل HTTP متوقفًا أو بطيئًا، أو قُطعت رسالة syslog أو أُسقطت، أو أُزيل ملف بالتدوير. لا شيء يعيد قيدًا. الحذف من هذه النسخة ممكن.',
    edited: 'المحتوى ليس ما سُجّل.',
    shortened: 'المحتوى أقصر مما سُجّل.',
    absent: 'ما سُجّل لم يعد موجودًا.',
  },

  evidence: {
    'day-boundary':
      'تمتد الفجوة عبر منتصف الليل UTC ({{midnight}}) وتبديل الملف. تبدأ قبله بـ {{beforeSeconds, number}} ثانية وتنتهي بعده بـ {{afterSeconds, number}} ثانية.',
    'receiver-down_one': 'سجّل المستقبِل بنفسه أنه لم يكن يعمل من {{since}} إلى {{until}}.',
    'receiver-down_other':
      'سجّل المستقبِل بنفسه أنه لم يكن يعمل {{count, number}} مرات بين {{since}} و{{until}}.',
    'receiver-kernel-drops_one':
      'سجّل المستقبِل بنفسه أن النظام رمى رزمًا قبل قراءتها بين {{since}} و{{until}}، وعددها {{count, number}}.',
    'receiver-kernel-drops_other':
      'سجّل المستقبِل بنفسه أن النظام رمى رزمًا قبل قراءتها بين {{since}} و{{until}}، وعددها {{count, number}}.',
    'receiver-sequence-hole_one':
      'سجّل المستقبِل بنفسه أن رسائل نقصت بحسب ترقيم المرسل بين {{since}} و{{until}}، وعددها {{count, number}}.',
    'receiver-sequence-hole_other':
      'سجّل المستقبِل بنفسه أن رسائل نقصت بحسب ترقيم المرسل بين {{since}} و{{until}}، وعددها {{count, number}}.',
    'receiver-refused_one':
      'سجّل المستقبِل بنفسه أنه لم يأخذ رسائل أو لم يحفظها بين {{since}} و{{until}}، وعددها {{count, number}} ({{reasons}}).',
    'receiver-refused_other':
      'سجّل المستقبِل بنفسه أنه لم يأخذ رسائل أو لم يحفظها بين {{since}} و{{until}}، وعددها {{count, number}} ({{reasons}}).',
    'absent-day_one': 'لا ملف ليوم {{first}}، ولا قيد للعقدة في ذلك اليوم.',
    'absent-day_other':
      'لا ملف لعدد {{count, number}} من الأيام، من {{first}} إلى {{last}}، ولا قيد للعقدة فيها.',
    'malformed-line_one': 'سطر مشوّه بين الجانبين: {{path}}:{{line}} ({{reason}}).',
    'malformed-line_other':
      'عدد الأسطر المشوّهة بين الجانبين {{count, number}}؛ أولها {{path}}:{{line}} ({{reason}}).',
    'unreadable-file': 'تعذّرت قراءة {{path}} (كاملًا)، وهو يغطّي هذا الوقت.',
    coincides:
      'قد تكون {{gaps, number}} من الفجوات في {{streams, number}} من التدفقات نشأت في لحظة واحدة، وينقص فيها كلها {{missing, number}} من القيود.',
    'same-seq-streams':
      'كانت عدة عمليات عند seq نفسه: $t(n.line, {"count": {{before}} }) قد تكون الأخيرة قبله، و$t(n.line, {"count": {{after}} }) الأولى بعده.',
    'restart-within': 'أُعيد تشغيل العقدة خلاله، في {{ts}}.',
    'fork-base': 'العمليات المتفرّعة في هذا الوقت تبدأ من seq {{base}}؛ وأول قيد لهذه العملية له seq أكبر.',
    'whole-node-silent': 'لم تكتب أي عملية أخرى للعقدة شيئًا في هذا الوقت.',
    'no-other-sign': 'لا يفسّره يوم غائب ولا ملف غير مقروء ولا سطر مشوّه ولا تبديل ملف.',

    'could-be-read': 'قبل أن ينقطع يذكر: {{action}} على {{model}}، السجل {{record}}.',
    'could-be-read-masked': 'قبل أن ينقطع يذكر: {{action}} على {{model}}.',
    'stops-at-byte': 'توقفت القراءة عند البايت {{byte, number}} من {{bytes, number}} في السطر.',
    'lines-in-a-row_one': 'عدد الأسطر {{count, number}}، حتى السطر {{last}}.',
    'lines-in-a-row_other': 'عدد الأسطر المتتالية كذلك {{count, number}}، حتى السطر {{last}}.',
    'system-said': 'أبلغ النظام: {{detail}}',
    'read-up-to': 'قُرئ قبله {{bytes, number}} من بايتات المحتوى.',
    'same-entry-twice_one': 'القيد نفسه في سطرين.',
    'same-entry-twice_other': 'متتالية من القيود عددها {{count, number}} مكررة مرتين.',
    'other-content': 'قيم node وts وseq واحدة في السطرين، والمحتوى ليس كذلك.',
    differs: 'المفتاح {{key}} قيمته {{one}} في السطر الأول و{{other}} في الآخر.',
    'differs-first-only': 'المفتاح {{key}} في السطر الأول وحده، بقيمة {{one}}.',
    'differs-other-only': 'المفتاح {{key}} في السطر الآخر وحده، بقيمة {{other}}.',
    'differs-masked': 'المفتاح {{key}} مختلف؛ وقيمه محجوبة.',
    'differs-more_one': 'مفاتيح أخرى مختلفة: {{count, number}}.',
    'differs-more_other': 'مفاتيح أخرى مختلفة: {{count, number}}.',
    'no-predecessor': 'لا تدفق منتهيًا ولا تفرّع ولا بداية للسجل تفسّر بدايةً عند seq {{seq}}.',
    'clock-set-back': 'أُرجعت الساعة: تنقص قيمة ts بمقدار {{seconds, number}} ثانية بينما يستمر seq.',
    'unusual-silence':
      'في كل من الأيام الأخرى ({{days, number}}) كان في الساعات نفسها ما لا يقل عن {{usual, number}} من القيود.',
    'streams-jump-across':
      'لا قيد ليوم {{day}}، و$t(n.stream, {"count": {{streams}} }) تقفز فوقه: $t(n.gap, {"count": {{gaps}} }) ينقص فيها $t(n.entry, {"count": {{missing}} }).',

    'rule-of': 'القاعدة هي {{rule}}، عن {{model}}.',
    'rule-deleted': 'حُذفت القاعدة: لم يعد يُسجَّل بها شيء.',
    'rule-inactive': 'عُطّلت القاعدة: لم يعد يُسجَّل بها شيء.',
    'rule-actions-off': 'لم يعد يُسجَّل: {{actions}}.',
    'rule-fields-off': 'لم تعد تُسجَّل تغييرات هذه الحقول: {{fields}}.',
    'rule-fields-only': 'كانت تُسجَّل تغييرات كل الحقول، والآن هذه وحدها: {{fields}}.',

    'held-by_one': 'هو في {{holder}}، وليس في {{source}}.',
    'held-by_other': 'هي في {{holder}}، وليست في {{source}}.',
    'ran-further':
      'تنتهي {{source}} قبل ذلك، وامتدت {{holder}} أبعد: ربما قُطع آخر {{source}}، أو أُخذت في وقت أبكر.',
    'node-absent': 'ليس في {{source}} أي قيد لهذه العقدة.',
    'held-elsewhere': 'في نسخة أخرى، {{holder}}، قيود بهذه القيم والأوقات تنقص هذه النسخة.',
    recorded: 'المسجّل: {{bytes, number}} بايت، SHA-256 {{sha256}}.',
    'recorded-hash': 'المسجّل: SHA-256 {{sha256}}.',
    'found-now': 'الموجود الآن: {{bytes, number}} بايت، SHA-256 {{sha256}}.',
    'fewer-entries': 'كان عدد القيود {{before, number}}، وهو الآن {{after, number}}.',
  },

  wouldTell: {
    'syslog-copy': 'الوقت نفسه في نسخة syslog، إن كان syslog مفعّلًا.',
    'http-copy': 'الوقت نفسه في نسخة مستقبِل HTTP، إن كان HTTP مفعّلًا.',
    'database-copy':
      'قيود هذا الوقت في قاعدة بيانات OpenSPP. ليس لها seq، فقارن بالوقت والنموذج والسجل والمستخدم.',
    'earlier-report': 'تقرير لـ Unbroken، أو مجاميع تحقّق، من قبل الفقد، للمقارنة به.',
    'absent-file': 'الملف الغائب، من نسخة احتياطية.',
    'unreadable-file': 'نسخة مقروءة من الملف الذي تعذّرت قراءته.',
  },
} as const;
