// Starts the Chromium of the system, headless and quiet: it asks nobody for anything but the page.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path))

export function launch() {
  return chromium.launch({
    executablePath: executable,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}
