/**
 * Who may import whom. Every rule is proven to bite by tests/layers. Paths are from the root.
 * A rule's `to` names what is forbidden; tests of a room may reach for the test kit, nothing else
 * is excused.
 */

/** An npm package, installed (under any node_modules) or not resolvable. */
const packages = (...names) =>
  `(^|/)node_modules/(${names.join('|')})(/|$)|^(${names.join('|')})(/|$)`;
const NODE = ['core'];

const TESTS = '\\.test\\.tsx?$|(^|/)tests/';
/** The program's rooms, for rules of the kind "imports nothing of ours". */
const OURS = '^(src|packages|server|miniprogram|scripts|tests)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'A cycle has no order in which it can be understood or started.',
      {},
      { circular: true },
    ),
    {
      ...forbid(
        'no-cycles-of-rooms',
        'Two rooms that need each other are one room, or a third one lies below them.',
        {},
        { circular: true },
      ),
      scope: 'folder',
    },
    forbid(
      'resolvable',
      'An import that resolves to nothing is a misspelling or a missing dependency.',
      { path: OURS },
      { couldNotResolve: true, pathNot: '^electron$|\\?(url|raw|worker)$' },
    ),

    // packages/domain
    forbid(
      'domain-imports-nothing',
      'The domain is the same on every machine: no other room, no package, no Node.',
      { path: '^packages/domain/src', pathNot: TESTS },
      { pathNot: '^packages/domain/' },
    ),

    // packages/contract
    forbid(
      'contract-imports-domain-and-zod',
      'The contract is read by browsers and the mini-program too.',
      { path: '^packages/contract/src', pathNot: TESTS },
      { pathNot: ['^packages/(contract|domain)/', packages('zod', 'zod-openapi')] },
    ),

    // packages/imaging, packages/storage, packages/testkit
    forbid(
      'imaging-imports-domain',
      'One engine serves kiosk, server and command line, so it knows none of them.',
      { path: '^packages/imaging/' },
      { path: OURS, pathNot: '^packages/(imaging|domain)/' },
    ),
    forbid(
      'storage-imports-node',
      'Sealing and durable writing stand alone.',
      { path: '^packages/storage/src', pathNot: TESTS },
      { pathNot: '^packages/storage/', dependencyTypesNot: NODE },
    ),
    forbid(
      'testkit-imports-contracts',
      'Simulators speak the public contracts and never look behind them.',
      { path: '^packages/testkit/src', pathNot: TESTS },
      { path: OURS, pathNot: '^packages/(testkit|domain|contract)/' },
    ),
    forbid(
      'testkit-for-tests-and-samples',
      'Simulators never get into a program that a school runs, but by its sample entry.',
      {
        path: OURS,
        pathNot: [TESTS, '^packages/testkit/', '^scripts/', '^server/src/sample', '/bench/'],
      },
      { path: ['^packages/testkit/', packages('@gradshot/testkit')] },
    ),

    // src/shared
    forbid(
      'shared-imports-domain-and-zod',
      'The station’s contract is read in Node, in the sandboxed preload and in the page.',
      { path: '^src/shared', pathNot: TESTS },
      { pathNot: ['^src/shared/', '^packages/domain/', packages('zod')] },
    ),

    // src/preload
    forbid(
      'preload-imports-shared-and-electron',
      'The preload runs sandboxed: it carries calls and decides nothing.',
      { path: '^src/preload', pathNot: TESTS },
      { pathNot: ['^src/(preload|shared)/', packages('electron')] },
    ),

    // src/renderer
    forbid(
      'renderer-stays-in-its-room',
      'The interface mirrors a snapshot; the core alone decides.',
      { path: '^src/renderer' },
      {
        path: OURS,
        pathNot: ['^src/(renderer|shared)/', '^packages/domain/', '^packages/testkit/'],
      },
    ),
    forbid(
      'renderer-without-node',
      'A page has no Node.',
      { path: '^src/renderer', pathNot: TESTS },
      { dependencyTypes: NODE },
    ),
    forbid(
      'renderer-without-network',
      'The station core does all talking; the page’s policy would refuse it anyway.',
      { path: '^src/renderer', pathNot: TESTS },
      {
        path: packages(
          'electron',
          'ws',
          'undici',
          'axios',
          'ky',
          'got',
          'node-fetch',
          'socket.io-client',
          '@tanstack/react-query',
          'better-sqlite3',
          'sharp',
          'onnxruntime-node',
          'pino',
          'usb',
        ),
      },
    ),

    // src/main
    forbid(
      'main-without-renderer',
      'A shell serves the built interface as files.',
      { path: '^src/main' },
      { path: '^src/(renderer|preload)/' },
    ),
    forbid(
      'main-without-server',
      'The station knows the server by its contract.',
      { path: '^src', pathNot: TESTS },
      { path: '^(server|miniprogram|scripts)/' },
    ),
    forbid(
      'station-without-shells',
      'The core is the same behind Electron and behind the browser shell.',
      { path: '^src/main/station/' },
      { path: ['^src/main/(?!station/)', packages('electron', 'ws')] },
    ),
    forbid(
      'ground-lies-below',
      'What every part of the station stands on knows none of them.',
      { path: '^src/main/station/ground/', pathNot: TESTS },
      { pathNot: ['^src/main/station/ground/', '^packages/domain/', '^(node:)?events$'] },
    ),
    forbid(
      'session-knows-ports-alone',
      'The visit is a state machine: devices, store and server are ports to it.',
      { path: '^src/main/station/session', pathNot: TESTS },
      {
        pathNot: [
          '^src/main/station/session/',
          '^src/main/station/(ground/|api\\.ts$)',
          '^src/main/station/.*(port|ports)\\.ts$',
          '^src/shared/',
          '^packages/domain/',
          // Random ids, which are no device.
          '^(node:)?crypto$',
        ],
      },
    ),
    forbid(
      'electron-imports-station-and-shared',
      'Windows, permissions and lock-down; not the other shell.',
      { path: '^src/main/electron' },
      { path: '^src/main/browser-shell/' },
    ),
    forbid(
      'browser-shell-imports-station-and-shared',
      'It must run where Electron cannot.',
      { path: '^src/main/(browser-shell|browser-shell-main)' },
      { path: ['^src/main/electron/', packages('electron')] },
    ),
    forbid(
      'pages-are-served-alike-behind-both-shells',
      'What serves pages, to tablets too, runs with Electron and without.',
      { path: '^src/main/(page-server|tablet-listener)/' },
      { path: ['^src/main/(electron|browser-shell)/', packages('electron')] },
    ),
    forbid(
      'shells-know-the-station-by-its-contract',
      'A shell is thin: it gets a station and never reaches into it.',
      { path: '^src/main/(electron|browser-shell|page-server|tablet-listener)/', pathNot: TESTS },
      { path: '^src/main/station/', pathNot: '^src/main/station/api\\.ts$' },
    ),

    // server
    forbid(
      'services-without-http-and-sql',
      'Rules of the business are tested without a web server and a database.',
      { path: '^server/src/services', pathNot: TESTS },
      {
        path: [
          packages(
            'fastify',
            '@fastify',
            'kysely',
            'pg',
            'pg-boss',
            '@electric-sql',
            '@e965/xlsx',
            'sharp',
          ),
          '^server/src/(routes|plugins|database|jobs|adapters)/',
          '^server/migrations/',
        ],
      },
    ),
    forbid(
      'services-name-what-they-use',
      'Whoever is given the whole world cannot be tested with less.',
      { path: '^server/src/(services|routes|plugins)', pathNot: TESTS },
      { path: '^server/src/ports/(environment|repositories)\\.ts$' },
    ),
    forbid(
      'services-know-repository-interfaces',
      'A service gets its repositories; it never makes one.',
      { path: '^server/src/services', pathNot: TESTS },
      { path: '^server/src/repositories/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'server-without-clients',
      'The server knows its clients by the contract.',
      { path: '^server/(src|migrations)' },
      { path: '^(src|miniprogram|scripts|server/console)/' },
    ),
    forbid(
      'console-is-a-client',
      'The reviewers’ console talks to the server by the contract, from a browser.',
      { path: '^server/console/src', pathNot: TESTS },
      { path: OURS, pathNot: ['^server/console/', '^packages/(contract|domain)/'] },
    ),
    forbid(
      'console-without-node',
      'The console runs in a browser.',
      { path: '^server/console/src', pathNot: TESTS },
      { dependencyTypes: NODE },
    ),

    // miniprogram
    forbid(
      'miniprogram-stays-in-its-room',
      'Its bundle is limited: the domain and the contract’s types are all it takes.',
      { path: '^miniprogram/src' },
      { path: OURS, pathNot: ['^miniprogram/', '^packages/(domain|contract)/'] },
    ),
    forbid(
      'miniprogram-takes-contract-types',
      'The contract’s code brings zod, which is too heavy for the mini-program.',
      { path: '^miniprogram/src', pathNot: TESTS },
      { path: '^packages/contract/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'miniprogram-without-zod-and-node',
      'Neither exists in WeChat.',
      { path: '^miniprogram/src', pathNot: TESTS },
      { path: ['^node:', packages('zod', 'electron')] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist[^/]*|coverage|\\.swc)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      // Taro takes the platform's variant of a file.
      extensions: [
        '.ts',
        '.tsx',
        '.weapp.ts',
        '.weapp.tsx',
        '.h5.ts',
        '.mjs',
        '.js',
        '.cjs',
        '.json',
        '.d.ts',
      ],
    },
  },
};
