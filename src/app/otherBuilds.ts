import { computesInF16, type ModelCard } from '#domain';

/** Builds of the same model at hand, those that compute in 32 bits first: 16 bits are the usual reason for wrong ones. */
export function otherBuilds(model: ModelCard, cards: readonly ModelCard[]): readonly ModelCard[] {
  const { id, source, build } = model.ref;
  return cards
    .filter(({ ref }) => ref.id === id && ref.source === source && source !== 'server' && !sameBuild(ref.build, build))
    .sort((a, b) => rank(a) - rank(b) || a.bytes - b.bytes);
}

function sameBuild(a: ModelCard['ref']['build'], b: ModelCard['ref']['build']): boolean {
  return a.engine === b.engine && a.quantisation === b.quantisation;
}

function rank({ ref }: ModelCard): number {
  return computesInF16(ref.build.quantisation) ? 1 : 0;
}
