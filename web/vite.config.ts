import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The page: files with a hash in their name, relative addresses (it works under any prefix), nothing inline (content security policy).
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  server: { proxy: { '/api': process.env['ONRUSH_DEV_SERVER'] ?? 'http://127.0.0.1:8089' } },
  test: { include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'] },
} as Parameters<typeof defineConfig>[0])
