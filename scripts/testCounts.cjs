// node testCounts.cjs <vitest's JSON report> <its exit code>: prints "passed failed skipped".
'use strict';
const { readFileSync } = require('node:fs');

const [, , report, exitCode] = process.argv;
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(report, 'utf8'),
);
const failed = numFailedTests === 0 && exitCode !== '0' ? 1 : numFailedTests;
console.log(numPassedTests, failed, numPendingTests + numTodoTests);
