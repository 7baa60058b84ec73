/** Arabic text of what belongs to the app and to no screen. */
import { arReceiver } from './ar-receiver.ts';
import { arSetting } from './ar-setting.ts';

export const arApp = {
  ...arSetting,
  ...arReceiver,
  app: {
    group: { go: 'انتقال', open: 'فتح', view: 'عرض', help: 'مساعدة' },
    command: {
      openDirectories: 'فتح مجلدات…',
      openFiles: 'فتح ملفات أو أرشيفات…',
      openRecent: 'فتح {{paths}}',
      sample: 'فتح العيّنة المرفقة',
      ownLog: 'فتح سجل ما جرى عمله في Unbroken',
      close: 'إغلاق المفتوح',
      delete: 'حذف مساحة العمل هذه…',
      scheme: { auto: 'ألوان النظام', light: 'ألوان فاتحة', dark: 'ألوان داكنة' },
      zone: 'عرض الأوقات بتوقيت {{zone}}',
      settings: 'الإعدادات',
      shortcuts: 'اختصارات لوحة المفاتيح',
      about: 'حول البرنامج والتراخيص',
    },
    failed: 'لم ينجح ذلك',
    close: 'إغلاق',
    palette: {
      label: 'الأوامر',
      commands: 'الأوامر الموجودة',
      hint: 'ماذا تريد أن تفعل؟',
      none: 'لا يوجد أمر بهذا الاسم.',
    },
    shortcuts: {
      title: 'اختصارات لوحة المفاتيح',
      everywhere: 'في كل مكان',
      lists: 'في القوائم',
      in: {
        step: 'التالي والسابق',
        stepFindings: 'النتيجة التالية والسابقة',
        page: 'صفحة إلى الأمام وإلى الخلف',
        ends: 'الأول والأخير',
        open: 'فتح المختار',
        leave: 'إغلاقه والعودة إلى القائمة',
      },
    },
    search: {
      label: 'البحث في النص',
      far: 'فُحص {{share}}؛ وُجد حتى الآن: {{hits, number}}',
      stop: 'إيقاف البحث',
    },
    settings: { title: 'الإعدادات', noZone: 'لا توجد منطقة زمنية كهذه' },
    about: {
      text: 'عرض سجلات تدقيق OpenSPP والتحقق من سلامتها. لا يُرسل شيء إلى أي مكان.',
      licence: 'رخصة Apache 2.0',
      licences_one: 'مبني بحزمة واحدة من الغير ({{count, number}})',
      licences_other: 'مبني بحزم من الغير، عددها {{count, number}}',
      licencesLabel: 'الحزم وتراخيصها',
      noText: 'تذكر الحزمة رخصتها ({{licence}}) ولا تتضمن نصها.',
      electron:
        'يتضمن التطبيق Electron وChromium؛ وتراخيصهما بجانبه: LICENSE.electron.txt وLICENSES.chromium.html.',
    },
    recent: { title: 'فُتح مؤخرًا', remove: 'إزالة {{paths}}' },
    delete: {
      title: 'حذف ما قُرئ؟',
      goes: 'تُحذف مساحة العمل: الأسطر المقروءة والنتائج والمرشحات والوسوم والملاحظات، وسطرها في قائمة ما فُتح مؤخرًا.',
      stays:
        'لا تُمس سجلات التدقيق نفسها. وتبقى التقارير المحفوظة حيث حُفظت. ويظل سجل ما جرى عمله في Unbroken يذكر ما فُتح ودُوّن وحُذف.',
      delete: 'حذف مساحة العمل',
      forget: 'إزالتها من القائمة فقط',
      keep: 'الإبقاء عليها',
    },
    drop: {
      over: 'أفلت مجلدات أو سجلات أو أرشيفات لفتحها',
      refused: 'لا يخبر المتصفح بمكان الملف المُفلت، ويقرأ Unbroken السجلات حيث هي. اكتب المسار بدلًا من ذلك.',
      understood: 'إغلاق',
    },
    crash: {
      copyLog: 'نسخ السجل',
      copied: 'نُسخ',
      notCopied: 'تعذّر نسخ السجل',
      logText: 'قد يتضمن السجل كلمات من سجلاتك: اقرأه قبل أن تعطيه لأحد.',
    },
  },
};
