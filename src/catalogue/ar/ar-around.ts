/** Arabic text of an entry's neighbours. */
export const arAround = {
  title: 'ما قبله وما بعده',
  keys: 'P و N: السجل · مع Shift: المستخدم · B و F: التدفق',
  record: 'السجل',
  user: 'المستخدم',
  before: 'القيد السابق',
  after: 'القيد التالي',
  beforeNone: 'لا شيء قبله',
  afterNone: 'لا شيء بعده',
  stream: {
    seqs: 'seq {{first}}–{{last}}',
    sure: 'لا يذكر أي قيد العملية التي كتبته: هكذا يوزعها الفحص.',
    mixed_one: 'بجانب فجوة كان عند الرقم نفسه مع تدفقات أخرى ({{count, number}}): قد يكون الناقص هناك منها.',
    mixed_other:
      'بجانب فجوات كان عند الرقم نفسه مع تدفقات أخرى ({{count, number}}): قد يكون الناقص هناك منها.',
    unknown: 'تدفقه غير معروف: قُرئ بعد آخر فحص، أو لا يذكر التقرير ذلك التدفق.',
    none: 'غير معروف',
    dividing: 'يجري تمييز التدفقات…',
    ofFinding: 'التدفقات المعنية',
    open: 'اعرض قيود هذا التدفق',
  },
  outside: 'هذا القيد لا يطابق المرشح.',
  drop: 'أزل المرشح واعرضه',
  gap: {
    title: 'المستخدمون والسجلات أنفسهم قبلها وبعدها',
    on: { before: 'من السطر السابق', after: 'من السطر التالي', both: 'من السطرين' },
    meanwhile_one: 'قيود في وقت الفجوة: {{count, number}}',
    meanwhile_other: 'قيود في وقت الفجوة: {{count, number}}',
    meanwhileNone: 'لا قيد في وقت الفجوة',
    open: 'اعرضه بين القيود',
  },
};
