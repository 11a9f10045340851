// The real command and a real target, each on a free port of loopback; ended by their own process when the test is over.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const command = join(root, 'artifacts/bin/Onrush.Cli/release/Onrush.Cli')
const target = join(root, 'artifacts/bin/Onrush.Testing.Targets/release/Onrush.Testing.Targets')

export const missing = [command, target].filter(path => !existsSync(path)).map(path => `${path.slice(root.length)} is not built`)[0] ?? false
export const samples = join(root, 'samples/loadtests')

/** Starts a program and waits until it has said its address. */
function start(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  let output = ''
  const ended = new Promise(resolve => child.on('exit', code => resolve(code)))
  const url = new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`no address after 60 s: ${output}`)), 60_000)
    const read = chunk => {
      output += chunk
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(output)
      if (found) { clearTimeout(deadline); resolve(found[0]) }
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    ended.then(code => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return {
    url,
    pid: child.pid,
    output: () => output,
    ended,
    stop: async (signal = 'SIGINT') => {
      if (child.exitCode === null) child.kill(signal)
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      const code = await ended
      clearTimeout(patience)
      return code
    },
  }
}

export const startTarget = () => start(target, ['counting', '--port', '0'], tmpdir())

/** The page of a load test, by default of the sample; in a folder of its own, so that nothing is left behind. */
export function startCommand(host, port = 0, more = [], file = join(samples, 'coupon.cs')) {
  const folder = mkdtempSync(join(tmpdir(), 'onrush-e2e-'))
  const page = start(command, ['-f', file, ...(host ? ['-H', host] : []), '--web-port', String(port), ...more], folder)
  return { ...page, folder }
}
