import { createRoot } from 'react-dom/client'
import { App } from './App'
import { Live } from './data/live'
import { SpeechProvider } from './i18n'
import { ThemeProvider } from './state/theme'
import './styles/index.css'
import { Boundary } from './ui/Boundary'

const live = new Live()
void live.start()
createRoot(document.getElementById('root')!).render(<ThemeProvider><SpeechProvider><Boundary><App live={live} /></Boundary></SpeechProvider></ThemeProvider>)
