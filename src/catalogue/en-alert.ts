/** English text of what somebody is told without looking: by a webhook, a command, or a notification of the desktop. */
export const enAlert = {
  alert: {
    title: 'Unbroken',
    began: {
      gap_one: '{{count, number}} new gap; at least {{entries, number}} missing: {{places}}',
      gap_other: '{{count, number}} new gaps; at least {{entries, number}} missing: {{places}}',
      'sender-silent_one':
        '{{count, number}} sender has said nothing for longer than is expected: {{places}}',
      'sender-silent_other':
        '{{count, number}} senders have said nothing for longer than is expected: {{places}}',
      'disk-low': 'There is little room left on the disk: {{places}}',
      'rule-changed_one': '{{count, number}} change of what is audited: {{places}}',
      'rule-changed_other': '{{count, number}} changes of what is audited: {{places}}',
      'sender-refused': 'Requests of somebody who may not send are refused: {{entries, number}} ({{places}})',
    },
    ended: {
      'sender-silent_one': '{{count, number}} sender is heard again: {{places}}',
      'sender-silent_other': '{{count, number}} senders are heard again: {{places}}',
      'disk-low': 'There is room on the disk again: {{places}}',
    },
  },
};
