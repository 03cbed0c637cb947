import type { Proof } from '#domain';
import { m } from '#i18n';

/** Where the expected answer comes from. */
export function proofSentence(proof: Proof): string {
  switch (proof.kind) {
    case 'cell':
      return m.proof_cell({ row: proof.row, column: proof.column });
    case 'blank':
      return m.proof_blank({ row: proof.row, column: proof.column });
    case 'span':
      return m.proof_span({ span: proof.span });
    case 'expression':
    case 'derived':
      return m.proof_expression({ expression: proof.expression });
    case 'calendar':
      return m.proof_calendar({ expression: proof.expression });
    case 'absent':
      return m.proof_absent({ term: proof.absent });
    case 'stated':
      return m.proof_stated();
  }
}
