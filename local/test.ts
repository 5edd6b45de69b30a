// What `npm test` runs once local/setup.mjs has made everything ready: vitest, with whatever else was asked for
// (`npm test -- some/file`). In this very process, so that exit code and signals need no passing on.
process.argv.splice(1, 1, 'vitest', 'run')
await import(new URL('../node_modules/vitest/vitest.mjs', import.meta.url).href)
