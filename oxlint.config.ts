import { defineConfig, type OxlintOverride } from 'oxlint';
import { FOLDERS, MAY_IMPORT } from './scripts/folders.ts';

const TESTS = ['**/*.test.ts', '**/testing/**', '**/conformance.ts', '**/conformance/**', 'test/**'];

/** One rule for each folder of src, from the table that the architecture test holds as well. */
const importRules = FOLDERS.map((folder): OxlintOverride => {
  const allowed: readonly string[] = MAY_IMPORT[folder];
  const others = FOLDERS.filter((other) => other !== folder && !allowed.includes(other));
  const outside = ['simulator', 'test', 'testing', 'bench', 'demo', 'scripts'];
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^\\.\\.?/(?:.*/)?(?:${[...others, ...outside].join('|')})/`,
              message: `src/${folder} may import ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')} (scripts/folders.ts).`,
            },
          ],
        },
      ],
    },
  };
});

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'vitest'],
  categories: { correctness: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['dist/**', 'coverage/**', '**/fixtures/**'],
  rules: {
    eqeqeq: 'error',
    'no-empty': 'error',
    // Titles and paths may hold control characters: code and tests look for them.
    'no-control-regex': 'off',
    'no-console': 'error',
    // CRASH_STEP names what releases leave out (scripts/bundleScript.ts).
    'no-unused-labels': 'off',
    'no-var': 'error',
    'prefer-const': 'error',
    'max-depth': ['error', 4],
    'max-params': ['error', 4],
    'max-lines': ['error', { max: 400 }],
    'max-lines-per-function': ['error', { max: 80 }],
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/await-thenable': 'error',
    'typescript/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unnecessary-type-assertion': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    // A default clause is a decision, too.
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Code points are what we count in.
    'typescript/no-misused-spread': ['error', { allow: ['string'] }],
    // Our objects are closures, or classes with private fields: no method reads a `this` that can get lost.
    'typescript/unbound-method': 'off',
    // A copy is taken where a loop changes what it goes over.
    'unicorn/no-useless-spread': 'off',
  },
  overrides: [
    ...importRules,
    {
      files: ['src/core/**/*.ts'],
      rules: {
        'no-restricted-globals': [
          'error',
          'process',
          'performance',
          'setTimeout',
          'setInterval',
          'fetch',
          'crypto',
        ],
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
          { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
        ],
      },
    },
    {
      files: TESTS,
      rules: {
        'no-restricted-imports': 'off',
        'no-restricted-globals': 'off',
        'no-console': 'off',
        'max-lines-per-function': 'off',
        // Rows of a table have as many columns as it takes.
        'max-params': 'off',
        'vitest/no-conditional-expect': 'off',
        // Models and conformance suites are called from tests.
        'vitest/no-standalone-expect': 'off',
        'vitest/valid-title': 'off',
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      },
    },
    { files: ['scripts/**', 'bench/**', 'demo/**'], rules: { 'no-console': 'off' } },
    // There the browser's console is what a log is elsewhere.
    { files: ['src/plugin/ui/**/*.ts'], rules: { 'no-console': ['error', { allow: ['debug'] }] } },
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
});
