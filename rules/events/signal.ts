/** Why a guardrail looked up: one policy of one kind, as often as it acted. Nothing of the text that tripped it. */
export interface GuardrailPolicy {
  policy: 'topic' | 'content' | 'word' | 'sensitive-information' | 'grounding' | 'automated-reasoning'
  /**
   * AWS's own word: `PROMPT_ATTACK`, `EMAIL`, `GROUNDING`, `INVALID`. Of a topic `DENY`, of a regular expression `REGEX`,
   * of a word of the guardrail's own list `CUSTOM`: their names are left out, as words and topics may repeat the prompt.
   */
  type: string
  /** Of content filters only. */
  confidence?: 'LOW' | 'MEDIUM' | 'HIGH'
  /** `NONE`: the guardrail saw it and let it pass (detect mode, automated reasoning). */
  action: 'BLOCKED' | 'ANONYMIZED' | 'NONE'
  /** Of grounding and relevance only, both from 0 to 1. */
  score?: number
  threshold?: number
}

/** A text that is left out: enough to recognise it again. Hexadecimal SHA-256; length in UTF-16 units. */
export interface TextDigest {
  sha256: string
  length: number
}

/** Who called AWS. Only what AWS says of them, save in signals of `application` origin. */
export interface Principal {
  /** As targets name it: `role/rag-indexer`, `user/ci`, `root`; else the ARN. */
  name: string
  arn?: string
  account?: string
  accessKeyId?: string
  /** What `aws:userid` is: of a role's session, the role's id and the session's name. */
  principalId?: string
  /** Whoever assumes the role chooses it. */
  session?: string
  /** The person behind chained roles, where sign-in sets it. */
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
  /** Who says so. `application` is a claim: whoever may publish may also lie. */
  origin: 'cloudtrail' | 'invocation-log' | 'application' | 'portcullis'
  /** When it happened, ISO 8601 in UTC; absent where the record does not say. */
  time?: string
  account?: string
  region?: string
  /** Joins what several sources tell of one call. */
  requestId?: string
  principal?: Principal
  /** The end user, tenant and session as the application names them. What is no identifier is replaced by its SHA-256. */
  user?: string
  tenant?: string
  session?: string
  agent?: string
  model?: string
  tokens?: Tokens
  policies: GuardrailPolicy[]
  /** Whether somebody tried to make the model do what it must not. */
  attack: boolean
  guardrail?: { id: string; version?: string }
  /** Which side was judged: the prompt or the answer. */
  direction?: 'input' | 'output'
  prompt?: TextDigest
  completion?: TextDigest
  /** Where the record lies, for those who may read it. */
  evidence: { where: string; id: string }
}

/** A guardrail blocked or masked something. */
export interface GuardrailIntervened extends Common {
  type: 'GuardrailIntervened'
}

/** A guardrail saw something and let it pass: detect mode, or a policy that never blocks. */
export interface GuardrailDetected extends Common {
  type: 'GuardrailDetected'
}

/** A model, an agent or an endpoint was called. */
export interface ModelInvocationObserved extends Common {
  type: 'ModelInvocationObserved'
  operation: string
  errorCode?: string
  /** Whether a guardrail was at work; absent where the record cannot tell. */
  guarded?: boolean
  /** The `requestId` of the call whose stream ended here: tokens to count, but no further call. */
  completes?: string
  /** Called with a Bedrock API key rather than a signature. */
  bearerToken?: boolean
  /** The answer is kept in S3 and was not looked at: an intervention may lie in it. */
  unread?: string
}

/** More tokens than were granted. */
export interface BudgetBreach extends Common {
  type: 'BudgetBreach'
  scope: 'session' | 'user' | 'tenant' | 'agent' | 'principal'
  scopeId: string
  level: 'soft' | 'hard'
  limit: number
  windowSeconds: number
}

/** Something happened too often, or in too telling an order. */
export interface ThresholdCrossed extends Common {
  type: 'ThresholdCrossed'
  /** The name of what was counted. */
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

/** What a signal is called on the bus: the event's `detail-type`. */
export const detailTypes = {
  GuardrailIntervened: 'Guardrail Intervened',
  GuardrailDetected: 'Guardrail Detected',
  ModelInvocationObserved: 'Model Invocation Observed',
  BudgetBreach: 'Budget Breach',
  ThresholdCrossed: 'Threshold Crossed',
} as const satisfies Record<Signal['type'], string>
