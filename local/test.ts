// What `npm test` runs once local/setup.mjs has made everything ready: vitest, with whatever else was asked for
// (`npm test -- some/file`). In this very process, so that exit code and signals need no passing on.
const { argv, env, stdout } = process
argv.splice(1, 1, 'vitest', 'run')
// It colours pipes too, where .ci/run looks for plain lines.
if (!stdout.isTTY && !env.FORCE_COLOR) env.NO_COLOR = '1'
await import(new URL('../node_modules/vitest/vitest.mjs', import.meta.url).href)
