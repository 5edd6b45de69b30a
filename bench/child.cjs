// One function as Lambda runs it: a fresh process that loads the bundle and answers one command at a time. Plain
// JavaScript on purpose: stripping types would load a compiler, and its time and memory would be measured too.
const begun = performance.now()
const spent = process.cpuUsage()
const cpuMs = () => Object.values(process.cpuUsage(spent)).reduce((sum, micros) => sum + micros, 0) / 1000
const { handler } = require(process.argv[2])
const loaded = performance.now()

process.on('message', async (command) => {
  const from = performance.now()
  const answer = await handler(command).then(
    (outcomes) => ({ outcomes }),
    (error) => ({ error: String(error?.stack ?? error) }),
  )
  const ms = performance.now() - from
  process.send({ ...answer, ms, cpuMs: cpuMs(), rssMb: process.resourceUsage().maxRSS / 1024 })
})
process.send({ importMs: loaded - begun })
