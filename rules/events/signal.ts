/** One policy of a guardrail that detected something, each once. It contains nothing of the text. */
export interface GuardrailPolicy {
  policy: 'topic' | 'content' | 'word' | 'sensitive-information' | 'grounding' | 'automated-reasoning'
  /**
   * AWS's own term: `PROMPT_ATTACK`, `EMAIL`, `GROUNDING`, `INVALID`. A topic is `DENY`, a regular expression `REGEX`, a word
   * of the guardrail's own list `CUSTOM`: their names are left out, since they may repeat the prompt.
   */
  type: string
  /** Of content filters only. */
  confidence?: 'LOW' | 'MEDIUM' | 'HIGH'
  /** `NONE`: detected but not blocked (detect mode, automated reasoning). */
  action: 'BLOCKED' | 'ANONYMIZED' | 'NONE'
  /** Of grounding and relevance only, both from 0 to 1. */
  score?: number
  threshold?: number
}

/** Stands for a text, so that it can be recognised again. Hexadecimal SHA-256; length in UTF-16 units. */
export interface TextDigest {
  sha256: string
  length: number
}

/** The caller of AWS, as AWS reports it; in signals of `application` origin, as the application claims. */
export interface Principal {
  /** In the form of targets: `role/rag-indexer`, `user/ci`, `root`; else the ARN. */
  name: string
  arn?: string
  account?: string
  accessKeyId?: string
  /** The value of `aws:userid`; for a session of a role, the role's id and the session's name. */
  principalId?: string
  /** Chosen by the caller that assumes the role. */
  session?: string
  /** The person behind chained roles, if sign-in sets it. */
  sourceIdentity?: string
  sourceIp?: string
}

export interface Tokens {
  input: number
  output: number
  total: number
}

interface Common {
  schema: '1'
  /** The same for every delivery of one record. 32 hexadecimal digits. */
  id: string
  /** The source. `application` is a claim: a compromised application can publish anything. */
  origin: 'cloudtrail' | 'invocation-log' | 'application' | 'portcullis'
  /** When it happened, ISO 8601 in UTC; absent if the record does not say. */
  time?: string
  account?: string
  region?: string
  /** The same in every source that reports one call. */
  requestId?: string
  principal?: Principal
  /** End user, tenant and session as the application names them. A value that may be a text is replaced by its SHA-256. */
  user?: string
  tenant?: string
  session?: string
  agent?: string
  model?: string
  tokens?: Tokens
  policies: GuardrailPolicy[]
  /** Whether it is an attempt to misuse the model. */
  attack: boolean
  guardrail?: { id: string; version?: string }
  /** The side that was assessed: the prompt or the answer. */
  direction?: 'input' | 'output'
  prompt?: TextDigest
  completion?: TextDigest
  /** Where the record is stored. */
  evidence: { where: string; id: string }
}

/** A guardrail blocked or masked something. */
export interface GuardrailIntervened extends Common {
  type: 'GuardrailIntervened'
}

/** A guardrail detected something without blocking it: detect mode, or a policy that never blocks. */
export interface GuardrailDetected extends Common {
  type: 'GuardrailDetected'
}

/** A model, an agent or an endpoint was called. */
export interface ModelInvocationObserved extends Common {
  type: 'ModelInvocationObserved'
  operation: string
  errorCode?: string
  /** Whether a guardrail was applied; absent if the record does not show it. */
  guarded?: boolean
  /** The `requestId` of the call whose stream ended: its tokens are counted, but it is not a further call. */
  completes?: string
  /** Called with a Bedrock API key rather than a signature. */
  bearerToken?: boolean
  /** The S3 path of an answer that was not read: it may contain an intervention. */
  unread?: string
}

/** A token budget was exceeded. */
export interface BudgetBreach extends Common {
  type: 'BudgetBreach'
  scope: 'session' | 'user' | 'tenant' | 'agent' | 'principal'
  scopeId: string
  level: 'soft' | 'hard'
  limit: number
  windowSeconds: number
}

/** A limit of a threshold was reached. */
export interface ThresholdCrossed extends Common {
  type: 'ThresholdCrossed'
  /** The name of the threshold. */
  threshold: string
  key: string
  count: number
  limit: number
  windowSeconds: number
}

export type Signal =
  | GuardrailIntervened
  | GuardrailDetected
  | ModelInvocationObserved
  | BudgetBreach
  | ThresholdCrossed

/** The `detail-type` of a signal's event on the bus. */
export const detailTypes = {
  GuardrailIntervened: 'Guardrail Intervened',
  GuardrailDetected: 'Guardrail Detected',
  ModelInvocationObserved: 'Model Invocation Observed',
  BudgetBreach: 'Budget Breach',
  ThresholdCrossed: 'Threshold Crossed',
} as const satisfies Record<Signal['type'], string>
