import { createRoot } from 'react-dom/client'
import type { RunAnswer } from './data/api'
import { viewOf } from './data/model'
import { SpeechProvider } from './i18n'
import { Report } from './ReportPage'
import { ThemeProvider } from './state/theme'
import './styles/index.css'

const text = document.getElementById('onrush-data')?.textContent ?? ''
let answer: RunAnswer | null = null
try {
  answer = JSON.parse(text) as RunAnswer
} catch {
  answer = null
}
createRoot(document.getElementById('root')!).render(
  <ThemeProvider><SpeechProvider><Report view={answer?.run ? viewOf(answer, 'report') : null} /></SpeechProvider></ThemeProvider>,
)
