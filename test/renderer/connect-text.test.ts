import { expect, test } from 'vitest';
import { type Connection, writeConnection } from '../../src/renderer/receiver/connect-text.ts';

const connection: Connection = {
  listeners: [
    { transport: 'https', address: '0.0.0.0:8443' },
    { transport: 'syslog-udp', address: '[::]:514' },
    { transport: 'relp', address: '10.0.0.9:2514' },
  ],
  path: '/ingest',
  host: 'audit.example.org',
  value: 'Bearer abc',
  caFile: 'ca.pem',
};

test('what OpenSPP reads from its environment', () => {
  expect(writeConnection('environment', connection)).toBe(
    [
      'OPENSPP_AUDIT_BACKEND_HTTP=true',
      'OPENSPP_AUDIT_HTTP_URL=https://audit.example.org:8443/ingest',
      'OPENSPP_AUDIT_HTTP_ENDPOINT=https://audit.example.org:8443/ingest',
      'OPENSPP_AUDIT_HTTP_AUTH_HEADER=Bearer abc',
      'REQUESTS_CA_BUNDLE=/etc/openspp/ca.pem',
      '',
      'OPENSPP_AUDIT_BACKEND_SYSLOG=true',
      'OPENSPP_AUDIT_SYSLOG_HOST=audit.example.org',
      'OPENSPP_AUDIT_SYSLOG_PORT=514',
    ].join('\n'),
  );
});

test('the same in odoo.conf, and with an address of IPv6', () => {
  const text = writeConnection('odoo', { ...connection, host: '2001:db8::9' });
  expect(text).toContain('spp_audit_http_url = https://[2001:db8::9]:8443/ingest\n');
  expect(text).toContain('spp_audit_syslog_host = 2001:db8::9\n');
  expect(text).not.toContain('REQUESTS_CA_BUNDLE');
});

test('what rsyslog needs, without its limit of 8192 bytes, for the ways that are syslog', () => {
  const text = writeConnection('rsyslog', connection);
  expect(text.match(/maxMessageSize/g)).toHaveLength(1);
  expect(text.indexOf('maxMessageSize')).toBeLessThan(text.indexOf('action('));
  expect(text).toContain('type="omfwd" protocol="udp" target="audit.example.org" port="514"');
  expect(text).toContain('module(load="omrelp")');
  expect(text).toContain('type="omrelp" target="10.0.0.9" port="2514"');
  expect(text).not.toContain('8443');
});

test('nothing where no listener is of that kind', () => {
  const [http] = connection.listeners;
  expect(writeConnection('rsyslog', { ...connection, listeners: http ? [http] : [] })).toBe('');
  expect(writeConnection('environment', { ...connection, listeners: [] })).toBe('');
});
