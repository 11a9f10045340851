import { createRoot } from 'react-dom/client'
import { App } from './App'
import { Live } from './data/live'
import { SpeechProvider } from './i18n'
import { ThemeProvider } from './state/theme'
import './styles/index.css'

const live = new Live()
void live.start()
createRoot(document.getElementById('root')!).render(<ThemeProvider><SpeechProvider><App live={live} /></SpeechProvider></ThemeProvider>)
