/** The documented settings; in the environment, in odoo.conf and in the database each has its own name. */
export const settingKeys = [
  'backend_db',
  'backend_file',
  'backend_syslog',
  'backend_http',
  'file_path',
  'http_url',
  'http_auth_header',
  'syslog_host',
  'syslog_port',
  'mandatory_models',
] as const;
