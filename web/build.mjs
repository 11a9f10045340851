// Builds dist/index.html with its assets (the page) and dist/report.html (the same components in one file, into which the data of a run is put).
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import react from '@vitejs/plugin-react'

const token = '__ONRUSH_REPORT_DATA__'

await build({ logLevel: 'warn' })

const result = await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2022',
    write: false,
    cssCodeSplit: false,
    lib: { entry: 'src/report.tsx', formats: ['iife'], name: 'OnrushReport', fileName: 'report' },
  },
})
const outputs = (Array.isArray(result) ? result : [result]).flatMap(r => r.output)
const script = outputs.find(o => o.type === 'chunk').code
const style = outputs.filter(o => o.type === 'asset' && o.fileName.endsWith('.css')).map(o => String(o.source)).join('\n')
const icon = `data:image/svg+xml,${encodeURIComponent(readFileSync('public/icon.svg', 'utf8'))}`

// Functions as replacements, since a string would have its $ signs interpreted.
const page = readFileSync('report.html', 'utf8')
  .replace('__ICON__', () => icon)
  .replace('/*STYLE*/', () => style.replaceAll('</style', '<\\/style'))
  .replace('__CODE__', () => gzipSync(script, { level: 9 }).toString('base64'))
if (page.split(token).length !== 2) throw new Error(`dist/report.html must contain ${token} exactly once`)
writeFileSync('dist/report.html', page)
rmSync('dist/.vite', { recursive: true, force: true })
