/** Certificates for tests: of an authority, or of nobody's. */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** Where the certificate is. */
  readonly file: string;
  readonly issue: (name: string) => Promise<TestCertificate>;
}

const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Self-signed, or signed by `issuer`; an authority can `issue` more. */
export async function makeTestCertificate(
  directory: string,
  name: string,
  issuer?: { readonly name: string; readonly key: CryptoKey },
): Promise<TestCertificate> {
  const keys = await crypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: signing,
    publicKey: keys.publicKey,
    signingKey: issuer?.key ?? keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(issuer === undefined, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
    ],
  });
  const cert = certificate.toString('pem');
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const file = join(directory, `${name}.pem`);
  writeFileSync(file, cert);
  return {
    cert,
    key,
    file,
    issue: (other) => makeTestCertificate(directory, other, { name, key: keys.privateKey }),
  };
}
