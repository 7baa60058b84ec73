/** What the layers make of a key: the real module's own answers beside ours, and who wins. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey } from '../../src/config/layers.ts';
import { resolveSettings, type Sources, viewSetting } from '../../src/config/resolve-settings.ts';
import { SettingKey } from '../../src/contract/setting.ts';

const machine = { platform: 'linux' } as const;

function resolve(sources: Partial<Sources>) {
  return resolveSettings({ environment: {}, machine, ...sources });
}

const conf = (...lines: string[]) => ({ path: 'odoo.conf', text: ['[options]', ...lines].join('\n') });
const env = (key: SettingKey, text: string) =>
  resolve({ environment: { [nameKey(key).environment]: text } }).settings[key];

const BAD = (code: string) => ({ error: code });

describe('the values of config-facts.txt, from running spp_audit 19.0.2.x; the last column is ours', () => {
  test.each([
    ['true', true, true],
    ['TRUE', true, true],
    ['1', true, true],
    ['yes', true, true],
    ['on', true, true],
    ['On', true, true],
    ['0', false, false],
    ['false', false, false],
    ['', false, false],
    // What the module takes for false, and nobody can have meant.
    [' true', false, BAD('not-a-boolean')],
    ['true ', false, BAD('not-a-boolean')],
    ['t', false, BAD('not-a-boolean')],
    ['y', false, BAD('not-a-boolean')],
    ['enabled', false, BAD('not-a-boolean')],
    ['2', false, BAD('not-a-boolean')],
    ['true ; note', false, BAD('not-a-boolean')],
    ['"true"', false, BAD('not-a-boolean')],
  ])('boolean %j: %j there, %j here', (text, theirs, ours) => {
    const { value, errors, layer } = env('backend_file', text);
    expect(layer).toBe('environment');
    if (typeof ours === 'boolean')
      expect({ value, theirs, errors }).toEqual({ value: ours, theirs: ours, errors: [] });
    else expect({ value, code: errors[0]?.code }).toEqual({ value: undefined, code: ours.error });
  });

  test.each([
    ['5', 5, 5],
    [' 7 ', 7, 7],
    ['0', 0, BAD('out-of-range')],
    ['-3', -3, BAD('out-of-range')],
    // The module goes on with its default of 5 seconds.
    ['1.5', 5, BAD('not-a-number')],
    ['abc', 5, BAD('not-a-number')],
    ['', 5, BAD('not-a-number')],
    // Python takes it for 10.
    ['1_0', 10, BAD('not-a-number')],
  ])('integer %j: %j there, %j here', (text, theirs, ours) => {
    const { value, errors } = env('http_timeout', text);
    if (typeof ours === 'number') expect([value, theirs]).toEqual([ours, ours]);
    else expect({ value, code: errors[0]?.code }).toEqual({ value: undefined, code: ours.error });
  });

  test.each([
    ['res.partner,spp.program', ['res.partner', 'spp.program']],
    [' res.partner , ,spp.program,', ['res.partner', 'spp.program']],
    ['RES.PARTNER', ['RES.PARTNER']],
    ['', []],
    // The module would audit a model of this name, which there is not.
    ['res.partner;spp.program', BAD('not-a-model')],
  ])('mandatory models %j: %j', (text, ours) => {
    const { value, errors, layer } = env('mandatory_models', text);
    expect(layer).toBe('environment');
    if (Array.isArray(ours)) expect(value).toEqual(ours);
    else expect(errors[0]?.code).toBe(ours.error);
  });

  test('defaults as documented', () => {
    const { settings } = resolve({});
    expect(settings.backend_db.value).toBe(true);
    for (const key of ['backend_file', 'backend_syslog', 'backend_http'] as const)
      expect(settings[key].value).toBe(false);
    expect(settings.file_path.value).toBe('/var/log/openspp/audit.jsonl');
    expect([settings.syslog_host.value, settings.syslog_port.value]).toEqual(['localhost', 514]);
  });

  test('on Windows, files have a place that is there', () => {
    const programData = 'D:\\Data';
    const { settings } = resolve({ machine: { platform: 'win32', programData } });
    expect(settings.file_path.value).toBe('D:\\Data\\OpenSPP\\audit.jsonl');
  });

  test('the database is listened to for every key, as documented; the module passes it over for most', () => {
    const { settings } = resolve({
      database: {
        'spp_audit.backend_file': 'true',
        'spp_audit.backend_db': 'false',
        'spp_audit.file_path': '/from/db',
        'spp_audit.http_endpoint': 'http://127.0.0.1/',
      },
    });
    expect([settings.backend_file.value, settings.backend_db.value]).toEqual([true, false]);
    expect([settings.file_path.value, settings.http_url.value]).toEqual(['/from/db', 'http://127.0.0.1/']);
  });

  test('odoo.conf turns on and off; the environment is above it', () => {
    const configFile = conf('spp_audit_backend_file = true', 'spp_audit_backend_db = False');
    const file = resolve({ configFile }).settings;
    expect([file.backend_file.value, file.backend_db.value]).toEqual([true, false]);
    const both = resolve({ configFile, environment: { OPENSPP_AUDIT_BACKEND_FILE: 'false' } }).settings;
    expect([both.backend_file.value, both.backend_file.layer]).toEqual([false, 'environment']);
  });

  test('an empty line in odoo.conf fixes as well', () => {
    const { settings } = resolve({
      configFile: conf('spp_audit_mandatory_models ='),
      database: { 'spp_audit.mandatory_models': 'res.partner' },
    });
    expect([settings.mandatory_models.value, settings.mandatory_models.layer]).toEqual([[], 'file']);
  });

  test("the README's name of the endpoint counts, which the module does not read, and the module's own", () => {
    const url = 'https://siem.example.org/audit';
    expect(env('http_url', url).value).toBe(url);
    expect(resolve({ environment: { OPENSPP_AUDIT_HTTP_ENDPOINT: url } }).settings.http_url.value).toBe(url);
    const both = resolve({
      environment: { OPENSPP_AUDIT_HTTP_ENDPOINT: 'https://other.example.org/', OPENSPP_AUDIT_HTTP_URL: url },
    }).settings.http_url;
    expect([both.value, both.warnings.map(({ code }) => code)]).toEqual([url, ['alias-differs']]);
  });
});

describe('a bad value is an error and nothing takes its place', () => {
  test('it names layer, key and line', () => {
    const { settings } = resolve({
      configFile: conf('', 'spp_audit_syslog_port = 514x'),
      database: { 'spp_audit.syslog_port': '601' },
    });
    expect(settings.syslog_port).toMatchObject({
      value: undefined,
      layer: 'file',
      errors: [{ layer: 'file', name: 'spp_audit_syslog_port', line: 3, code: 'not-a-number' }],
    });
  });

  test.each([
    ['http_url', 'siem.example.org', 'not-a-url'],
    ['http_url', 'ftp://siem.example.org/', 'not-a-url'],
    ['http_url', 'https://me:secret@siem.example.org/', 'url-has-credentials'],
    ['http_auth_header', 'Bearer a\r\nX-Other: b', 'not-a-header'],
    ['file_path', ' ', 'not-a-path'],
    ['file_path', '/var/log/a\0b', 'not-a-path'],
    ['syslog_port', '65536', 'out-of-range'],
    ['syslog_host', 'loghost:514 ', 'not-a-host'],
    ['syslog_transport', 'quic', 'not-a-choice'],
    ['masked_fields', 'res.partner:phone,a:b:c', 'not-a-field'],
    ['node', 'a\nb', 'not-text'],
  ] as const)('%s = %j: %s', (key, text, code) => {
    expect(env(key, text)).toMatchObject({ value: undefined, errors: [{ layer: 'environment', code }] });
  });

  test('said twice in odoo.conf, which Odoo itself refuses', () => {
    const { settings, fileProblems } = resolve({
      configFile: conf('spp_audit_backend_file = true', 'spp_audit_backend_file = false'),
    });
    expect(settings.backend_file.errors).toMatchObject([{ line: 3, code: 'said-twice' }]);
    expect(fileProblems).toEqual([{ line: 3, code: 'option-twice', firstLine: 2 }]);
  });

  test('only environment and file permit changes that nobody witnesses', () => {
    const { settings } = resolve({ database: { 'spp_audit.permit_unwitnessed': 'true' } });
    expect(settings.permit_unwitnessed).toMatchObject({
      value: undefined,
      errors: [{ code: 'not-from-database' }],
    });
    expect(env('permit_unwitnessed', 'true').value).toBe(true);
  });
});

describe('warnings', () => {
  const warn = (key: SettingKey, above: string, below: string) =>
    resolve({
      environment: { [nameKey(key).environment]: above },
      database: { [nameKey(key).database]: below },
    }).settings[key].warnings.map(({ code }) => code);

  test.each([
    ['backend_file', 'true', 'false', ['database-weakens']],
    ['backend_file', 'false', 'true', []],
    ['backend_file', 'true', '1', []],
    ['backend_file', 'true', 'maybe', ['bad-below']],
    ['mandatory_models', 'res.partner,res.users', 'res.partner', ['database-weakens']],
    ['mandatory_models', 'res.partner', 'res.partner,res.users', []],
    ['file_path', '/var/log/a.jsonl', '/dev/null', ['database-weakens']],
    ['masked_fields', 'phone', 'phone,name', ['database-weakens']],
    ['masked_fields', 'phone,name', 'phone', []],
    ['http_timeout', '5', '300', []],
  ] as const)('%s: %j above, %j in the database: %j', (key, above, below, codes) => {
    expect(warn(key, above, below)).toEqual(codes);
  });

  test('a critical setting rests in the database alone', () => {
    const { settings } = resolve({
      database: { 'spp_audit.backend_file': 'true', 'spp_audit.http_timeout': '9' },
    });
    expect(settings.backend_file.warnings).toMatchObject([{ code: 'database-alone', layer: 'database' }]);
    expect(settings.http_timeout.warnings).toEqual([]);
  });

  test('names that decide nothing are told', () => {
    const { strays } = resolve({
      environment: { OPENSPP_AUDIT_BACKEND_FILES: 'true', OPENSPP_AUDIT_FORCE_ENABLED: 'true', PATH: '/bin' },
      configFile: conf('spp_audit_file = x', 'db_host = False'),
    });
    expect(strays).toEqual([
      { layer: 'environment', name: 'OPENSPP_AUDIT_BACKEND_FILES', why: 'unknown' },
      { layer: 'environment', name: 'OPENSPP_AUDIT_FORCE_ENABLED', why: 'without-effect' },
      { layer: 'file', name: 'spp_audit_file', line: 2, why: 'unknown' },
    ]);
  });
});

describe("Unbroken's own trail", () => {
  test('is never configured by what configures OpenSPP', () => {
    const environment = {
      OPENSPP_AUDIT_FILE_PATH: '/var/log/openspp/audit.jsonl',
      UNBROKEN_AUDIT_BACKEND_SYSLOG: 'true',
    };
    const { settings } = resolve({
      environment,
      environmentPrefix: 'UNBROKEN_AUDIT_',
      defaults: { file_path: '/home/ana/audit.jsonl' },
    });
    expect(settings.file_path).toMatchObject({ value: '/home/ana/audit.jsonl', layer: 'default' });
    expect(settings.backend_syslog.value).toBe(true);
    expect(resolve({ environment }).settings.backend_syslog.value).toBe(false);
  });
});

test('no secret is in what is shown, whatever layer says it and however badly', () => {
  const secret = 'Bearer s3cr3t';
  const { settings } = resolve({
    environment: {
      OPENSPP_AUDIT_HTTP_AUTH_HEADER: `${secret}\n`,
      OPENSPP_AUDIT_HTTP_URL: 'https://u:s3cr3t@h.example/x',
    },
    configFile: conf(
      `spp_audit_http_auth_header = ${secret}`,
      'spp_audit_http_url = https://h.example/?token=s3cr3t',
    ),
    database: { 'spp_audit.http_auth_header': secret, 'spp_audit.http_url': 'https://h.example/?t=s3cr3t' },
  });
  const shown = JSON.stringify(Object.values(settings).map((setting) => viewSetting(setting)));
  expect(shown).not.toContain('s3cr3t');
  expect(shown).toContain('https://<masked>@h.example/x');
  expect(viewSetting(env('http_auth_header', secret)).value).toBe('<masked>');
  expect(viewSetting(env('http_auth_header', '')).value).toBe('');
});

/** Texts that are values of every kind of key, and such as are none. */
const anyText = fc.constantFrom(
  'true',
  'false',
  '',
  '514',
  '7',
  'udp',
  '3164',
  'res.partner',
  '/a/b',
  'no;',
  'x y',
);
const LAYERS = ['environment', 'file', 'database'] as const;

test('whatever order of layers and values, the higher layer wins', () => {
  const saying = fc.record({ environment: anyText, file: anyText, database: anyText }, { requiredKeys: [] });
  fc.assert(
    fc.property(
      fc.constantFrom(...SettingKey.options),
      saying,
      fc.shuffledSubarray([...SettingKey.options]),
      anyText,
      (key, said, others, noise) => {
        const names = nameKey(key);
        const noisy = others.filter((other) => other !== key);
        const lines = noisy.map((other) => `${nameKey(other).file} = ${noise}`);
        if (said.file !== undefined) lines.splice(noisy.length >> 1, 0, `${names.file} = ${said.file}`);
        const database = noisy.map((other) => [nameKey(other).database, noise]);
        if (said.database !== undefined) database.unshift([names.database, said.database]);
        const resolved = resolve({
          environment: said.environment === undefined ? {} : { [names.environment]: said.environment },
          configFile: conf(...lines),
          database: Object.fromEntries(database) as Record<string, string>,
        }).settings[key];
        const winner = LAYERS.find((layer) => said[layer] !== undefined);
        expect(resolved.layer).toBe(winner ?? 'default');
        expect(resolved.said?.text).toBe(winner && said[winner]);
        expect(resolved.tried.map(({ layer }) => layer)).toEqual(
          LAYERS.filter((layer) => layer !== winner && said[layer] !== undefined),
        );
        // What it is depends on the winner alone.
        const alone = resolve({
          environment: winner === 'environment' ? { [names.environment]: said.environment } : {},
          ...(winner === 'file' ? { configFile: conf(`${names.file} = ${said.file}`) } : {}),
          database: winner === 'database' ? { [names.database]: said.database ?? '' } : {},
        }).settings[key];
        expect(resolved.value).toEqual(alone.value);
        expect(resolved.errors.map(({ code }) => code)).toEqual(alone.errors.map(({ code }) => code));
      },
    ),
  );
});
