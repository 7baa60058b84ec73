/** Arabic text of an entry's neighbours. */
export const arAround = {
  title: 'ما قبله وما بعده',
  keys: 'P و N: السجل · مع Shift: المستخدم',
  record: 'السجل',
  user: 'المستخدم',
  before: 'القيد السابق',
  after: 'القيد التالي',
  beforeNone: 'لا شيء قبله',
  afterNone: 'لا شيء بعده',
  stream: 'لا يُذكر في القيد أي عملية كتبته: تدفقه غير معروف هنا. النتائج تعرض التدفقات.',
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
