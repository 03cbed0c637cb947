/** What a sentence wraps round the words that answer. Each function gives the answer without it, or null. */

const OPENER =
  /^(?:(?:sure|certainly|of course|well|okay|ok)[!,.，]\s*|(?:according to|based on|from) [^,，]{1,40}[,，]\s*|(?:根据|依据|按照?|从)[^，,]{1,20}[，,]\s*|(?:the|this) (?:\w+ ){0,2}(?:states?|says?|mentions?|indicates?|shows?|specif(?:y|ies))(?: that|:)\s*|i (?:think|believe)(?: that)?\s+|[^?？]{1,40}[?？]\s*(?:no\b|不)[,，.]\s*)/i;

/** "Sure! …", "According to the lease, …", "The document states that …", "Lyon? No, …". */
export function withoutOpener(answer: string): string | null {
  const opener = OPENER.exec(answer)?.[0];
  return opener === undefined ? null : answer.slice(opener.length);
}

/** "It's Paris." */
export function withoutPronoun(answer: string): string | null {
  return (
    /^(?:it|that|this|he|she|they)(?:'s|'re| is| was| are| were| would be)\s+(?!not\b)(.+)$/is.exec(answer)?.[1] ?? null
  );
}

const NOT_BUT =
  /^(?:it(?:'s| is) )?(?:not |不是|并非|并不是|it isn't |it wasn't )(.{1,60}?)[,，;；]?\s?(?:but(?: rather)? |it(?:'s| is| was) |而是|是)(.+)$/i;
const RATHER =
  /^(.+?)[,，]?\s?(?:(?<!\b(?:is|was|are|were|do|does|did|has|had|can|will|would|could) )\bnot\b|\brather than\b|\binstead of\b|而不是|而非|(?<=[,，]\s?)不是)\s?(.{1,60})$/i;

/** "not Beijing but Shanghai", 上海而不是北京: the part that is affirmed. */
export function affirmed(answer: string): string | null {
  return NOT_BUT.exec(answer)?.[2] ?? RATHER.exec(answer)?.[1] ?? null;
}

const COPULA = /\s(?:is|was|are|were)\s|[是为]|在|[:：]/i;
const LEAD_WORDS = new Set(
  'it this that who he she they the a an its their of in for by answer s is was are were'.split(' '),
);
const LEAD_CHARACTERS = '它他她这那的就即';
const DENIES = /[不没非未无]|\bnot\b|n't|\bnever\b/;
/** "was discovered by", "is called", "lies in": belongs to the verb. */
const VERB_REST = /^(?:(?:called|named|known as|located|situated|by|in|at|on|from) )+/i;

/** What a sentence says in the words of the question, and in those that any sentence needs. */
class Asked {
  private readonly question: string;
  private readonly words: ReadonlySet<string>;
  constructor(question: string) {
    this.question = question.toLowerCase();
    this.words = new Set(this.question.match(/[a-z0-9]+/g));
  }

  repeats(said: string): boolean {
    const lower = said.toLowerCase();
    return (
      (lower.match(/[a-z0-9]+/g) ?? []).every((w) => this.words.has(w) || LEAD_WORDS.has(w)) &&
      [...lower.replace(/[^\u4e00-\u9fff]/g, '')].every((c) => this.question.includes(c) || LEAD_CHARACTERS.includes(c))
    );
  }

  /** Whether the question itself has a word of it, not only the small words of any sentence. */
  names(said: string): boolean {
    const lower = said.toLowerCase();
    const words = lower.match(/[a-z0-9]{2,}/g) ?? [];
    return words.some((w) => this.words.has(w) && !LEAD_WORDS.has(w)) || /[\u4e00-\u9fff]{2}/.test(lower);
  }

  /** The words of the question with which a text goes on behind its verb ("discovered by Marie Curie"). */
  verbOf(rest: string): string {
    const first = /^[a-z]+ed? /i.exec(rest)?.[0] ?? '';
    const own = first !== '' && this.words.has(first.trim().toLowerCase()) ? first : '';
    return own + (VERB_REST.exec(rest.slice(own.length))?.[0] ?? '');
  }
}

/**
 * What is left of a sentence that repeats the question before it answers: "The capital of France is Paris" gives
 * "Paris". Everything before the verb must come from the question; a negation there gives nothing.
 */
export function withoutLead(answer: string, question: string): string | null {
  const match = COPULA.exec(` ${answer}`);
  if (match === null) return null;
  const lead = answer.slice(0, Math.max(0, match.index - 1));
  const rest = ` ${answer}`.slice(match.index + match[0].length).trim();
  const asked = new Asked(question);
  return DENIES.test(lead) || rest === '' || !asked.repeats(lead) ? null : rest.slice(asked.verbOf(rest).length);
}

const ACTS = /^(?:who|which|what|whose)\b|谁|哪|什么/i;
const COPULA_BEHIND = /^(.+?)(?:\s(?:is|was|are|were)\s|[是为]|担任)(.+)$/i;

/**
 * What is left of a sentence that answers first: "Marie Curie discovered polonium", 张伟是项目负责人. All that follows
 * must come from the question, and the question must ask for who or which, so that "The Lions beat the Bears" is no
 * answer to who beat the Lions.
 */
export function withoutTail(answer: string, question: string): string | null {
  if (!ACTS.test(question) || DENIES.test(answer)) return null;
  const asked = new Asked(question);
  const [, said, tail] = COPULA_BEHIND.exec(answer) ?? [];
  if (said !== undefined && tail !== undefined && asked.repeats(tail) && asked.names(tail)) return said;
  const words = answer.split(' ');
  const verb = words.findIndex((word, i) => i > 0 && /^[a-z]+$/.test(word) && asked.repeats(words.slice(i).join(' ')));
  const act = words[verb]?.replace(/^(?:who|that)$/, words[verb + 1] ?? '') ?? '';
  return verb > 0 && asked.names(act) ? words.slice(0, verb).join(' ') : null;
}

/** "Paris (the capital of France)", "Paris, which lies on the Seine": the part before an aside. */
export function withoutAside(answer: string, question: string): string | null {
  const bracketed = /^([^()（）]+?)\s?[(（]([^()（）]+)[)）]?$/.exec(answer);
  if (bracketed !== null && new Asked(question).repeats(bracketed[2] ?? '')) return bracketed[1] ?? null;
  return /^([^,，]+), (?:which|who|where) (?!(?:is|was) not\b)[^?]*$/i.exec(answer)?.[1] ?? null;
}
