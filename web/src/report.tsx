import { createRoot } from 'react-dom/client'
import type { RunAnswer } from './data/api'
import { viewOf } from './data/model'
import { SpeechProvider } from './i18n'
import { Report } from './ReportPage'
import { ThemeProvider } from './state/theme'
import './styles/report.css'
import { Boundary } from './ui/Boundary'

const text = document.getElementById('onrush-data')?.textContent ?? ''
let answer: RunAnswer | null = null
try {
  answer = JSON.parse(text) as RunAnswer
} catch {
  answer = null
}
createRoot(document.getElementById('root')!).render(
  <ThemeProvider><SpeechProvider><Boundary><Report view={answer?.run ? viewOf(answer, 'report') : null} /></Boundary></SpeechProvider></ThemeProvider>,
)
