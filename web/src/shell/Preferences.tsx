import { type Language, languages, useSpeech } from '../i18n'
import { type ThemeChoice, useTheme } from '../state/theme'
import { Segments } from '../ui/controls'
import { Icon, type IconName } from '../ui/Icon'

const signs: Record<ThemeChoice, IconName> = { system: 'system', light: 'sun', dark: 'moon' }
const order: readonly ThemeChoice[] = ['system', 'light', 'dark']

/** Colours and language. */
export function Preferences() {
  const { language, messages, choose } = useSpeech()
  const look = useTheme()
  const next = order[(order.indexOf(look.choice) + 1) % order.length]!
  return (
    <div className="preferences no-print">
      <Segments<Language> label={messages.languageLabel} value={language} onChoose={choose}
        options={(Object.keys(languages) as Language[]).map(key => ({ value: key, label: key === 'en' ? 'EN' : '한', title: languages[key].language }))} />
      <button type="button" className="icon-button" title={`${messages.theme.label}: ${messages.theme[look.choice]}`}
        aria-label={`${messages.theme.label}: ${messages.theme[look.choice]}`} onClick={() => look.choose(next)}>
        <Icon name={signs[look.choice]} />
      </button>
    </div>
  )
}
