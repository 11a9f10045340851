import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { recall, remember } from './storage'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

interface Look { choice: ThemeChoice; theme: Theme; choose: (choice: ThemeChoice) => void }
const Context = createContext<Look>({ choice: 'system', theme: 'light', choose: () => undefined })

const dark = () => matchMedia('(prefers-color-scheme: dark)')

function first(): ThemeChoice {
  const asked = new URLSearchParams(location.search).get('theme') ?? document.documentElement.dataset['theme'] ?? recall('theme')
  return asked === 'light' || asked === 'dark' ? asked : 'system'
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ThemeChoice>(first)
  const [system, setSystem] = useState<Theme>(() => (dark().matches ? 'dark' : 'light'))
  useEffect(() => {
    const query = dark()
    const changed = () => setSystem(query.matches ? 'dark' : 'light')
    query.addEventListener('change', changed)
    return () => query.removeEventListener('change', changed)
  }, [])
  const theme = choice === 'system' ? system : choice
  document.documentElement.dataset['theme'] = theme
  const look = useMemo<Look>(() => ({
    choice,
    theme,
    choose: next => { remember('theme', next === 'system' ? null : next); setChoice(next) },
  }), [choice, theme])
  return <Context value={look}>{children}</Context>
}

export const useTheme = () => useContext(Context)
