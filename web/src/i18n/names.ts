// What the server calls in English, in other words where the page speaks another language: a small, known set. What is not in it stays as it came.
import { labels, texts } from './findings.ko'
import type { Language } from './index'

type Names = Readonly<Record<string, string>>

const executors: Partial<Record<Language, Names>> = {
  ko: {
    'users and spawn rate': '사용자 수와 램프업', 'constant users': '일정한 사용자', 'ramping users': '변하는 사용자', 'shared iterations': '공유 반복', 'per-user iterations': '사용자별 반복',
    'constant arrival rate': '일정한 도착률', 'ramping arrival rate': '변하는 도착률', 'load shape': '부하 형태',
  },
}

/** By the kind of finding. */
const findings: Partial<Record<Language, Names>> = {
  ko: {
    counts: '요청 수의 합이 맞지 않음', 'generator-bound': '부하 생성기가 한계였음', 'ports-exhausted': '생성기의 포트나 디스크립터가 부족함', 'connection-limit': '연결 수 제한에 걸림',
    'periodic-pauses': '대상이 주기적으로 멈춤', drift: '대상이 점점 느려짐', saturation: '대상이 포화 상태', 'accept-queue': '연결 수락 대기열이 가득 참', errors: '요청 실패',
    'retry-storm': '실패가 부하를 키움', stall: '대상이 멈춤', 'littles-law': '응답 시간에 빠진 요청이 있음', 'arrivals-dropped': '예정된 반복을 모두 시작하지 못함',
    'worker-differs': '한 워커의 결과가 다름', 'cold-start': '첫 요청들이 느림', 'connection-setup': '연결에 시간이 많이 걸림', bimodal: '응답 속도가 두 갈래로 나뉨', ramp: '램프업 구간이 결과에 섞임',
    'worker-clock': '워커의 시계가 마스터와 다름', 'wait-caps-rate': '대기 시간이 처리량을 제한함', 'threshold-without-data': '데이터가 없는 임계값', redirects: '리디렉션 응답이 많음', caching: '304 응답이 많음',
  },
}

export function executorName(executor: string, language: Language): string {
  return executors[language]?.[executor] ?? executor
}

export function findingTitle(finding: { id: string; title: string }, language: Language): string {
  return findings[language]?.[finding.id] ?? finding.title
}

/** What such a finding means and what to do, where the page speaks another language than the server; null where only the server's own sentence says it. */
export function findingText(finding: { id: string }, language: Language): string | null {
  return language === 'ko' ? (texts[finding.id] ?? null) : null
}

/** Labels with a number in them, as "Connects of about 3 s", and names of the load test stay as they came. */
export function evidenceLabel(label: string, language: Language): string {
  return language === 'ko' ? (labels[label] ?? label) : label
}
