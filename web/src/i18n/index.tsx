import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { en, type Messages } from './en'
import { ko } from './ko'
import { recall, remember } from '../state/storage'

export type Language = 'en' | 'ko'
export const languages: Record<Language, Messages> = { en, ko }

interface Speech { language: Language; messages: Messages; choose: (language: Language) => void }
const Context = createContext<Speech>({ language: 'en', messages: en, choose: () => undefined })

/** What was chosen, else the first language of the browser that we have. */
export function preferred(chosen: string | null, wanted: readonly string[]): Language {
  if (chosen === 'en' || chosen === 'ko') return chosen
  for (const tag of wanted) {
    const short = tag.toLowerCase().split('-')[0]
    if (short === 'en' || short === 'ko') return short
  }
  return 'en'
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => preferred(recall('language'), navigator.languages))
  useEffect(() => { document.documentElement.lang = language }, [language])
  const speech = useMemo<Speech>(() => ({
    language,
    messages: languages[language],
    choose: next => { remember('language', next); setLanguage(next) },
  }), [language])
  return <Context value={speech}>{children}</Context>
}

export const useSpeech = () => useContext(Context)
export const useMessages = () => useContext(Context).messages
