/** How the app is packed, for electron-builder: what goes in, what is switched off, and what each system is given. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What an Electron is able to do for developers, and for whoever gets to set an environment variable, it does not do
 * in the app: it runs our archive, and nothing else.
 */
const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
};

/** All code that runs is in out/ but for SQLite, of which one binary is the right one. */
const files = [
  'package.json',
  'out/{main,preload,renderer}/**',
  'out/licences.json',
  '!out/main/cli.js',
  '!out/main/run-*.js',
  'resources/icon.png',
  'resources/sample/**',
  '!node_modules/**',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib/**',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own
  'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
];

/**
 * @param {{ folder: string, version: string }} [electron] an unpacked one to pack; else the one of package.json is fetched
 * @returns {import('electron-builder').Configuration}
 */
export function describePackage(electron) {
  return {
    appId: 'org.openspp.unbroken',
    productName: 'Unbroken',
    copyright: 'Apache License 2.0',
    directories: { output: 'dist', buildResources: 'resources/icons' },
    files,
    asar: true,
    // Nothing looks for a newer version: the app asks nothing of any network.
    publish: null,
    // What comes from npm is prebuilt.
    npmRebuild: false,
    electronFuses: fuses,
    ...(electron && { electronDist: electron.folder, electronVersion: electron.version }),
    extraResources: [{ from: 'LICENSE', to: 'LICENSE.unbroken.txt' }],
    afterExtract: removeOtherApps,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    fileAssociations: [
      {
        ext: 'unbroken',
        name: 'Unbroken workspace',
        description: 'Unbroken workspace',
        mimeType: 'application/x-unbroken',
        role: 'Viewer',
      },
      {
        ext: 'jsonl',
        name: 'Audit log',
        description: 'Audit log in JSON Lines',
        mimeType: 'application/jsonl',
        // Offered beside what the person uses for such files, never in its place.
        role: 'Viewer',
        rank: 'Alternate',
      },
    ],
    win: { target: ['nsis', 'portable'], icon: 'icon.ico' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own
    portable: { artifactName: '${productName}-${version}-portable-${arch}.${ext}' },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    mac: {
      target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
      icon: 'icon.icns',
      category: 'public.app-category.utilities',
      hardenedRuntime: true,
    },
    linux: {
      target: ['AppImage', 'deb'],
      icon: '.',
      executableName: 'unbroken',
      category: 'Utility',
      maintainer: 'Unbroken',
      synopsis: 'Viewer and integrity verifier for OpenSPP audit logs',
    },
  };
}

/**
 * An Electron that was unpacked before has the app that it runs where it is given none; the development runtime, also
 * where its own app looked for newer versions.
 * @param {{ appOutDir: string, electronPlatformName: string }} context
 */
async function removeOtherApps({ appOutDir, electronPlatformName }) {
  const resources =
    electronPlatformName === 'darwin' ? ['Electron.app', 'Contents', 'Resources'] : ['resources'];
  for (const name of ['default_app.asar', 'app-update.yml'])
    await rm(join(appOutDir, ...resources, name), { recursive: true, force: true });
}
