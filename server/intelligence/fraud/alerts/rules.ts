/** Payments of a customer so far apart or nearer are one episode. */
const EPISODE_SECONDS = 3 * 86_400;

export interface Standing {
  readonly alertId: string;
  readonly partyId: string;
  readonly customerId: string;
  /** Wall seconds. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Episode<Member> {
  /** The alert they join; null: they open one. */
  readonly alert: Standing | null;
  readonly members: readonly Member[];
}

/** Puts suspicious payments of the same customer together by time, and to the alert that stands nearest within the same span. */
export function episodesOf<Member extends { readonly customerId: string; readonly at: number }>(
  members: readonly Member[],
  standing: readonly Standing[],
): Episode<Member>[] {
  const episodes: { alert: Standing | null; members: Member[]; lastAt: number }[] = [];
  const byCustomer = Map.groupBy(
    members.toSorted((a, b) => a.at - b.at),
    ({ customerId }) => customerId,
  );
  for (const [customerId, own] of byCustomer) {
    const alerts = standing.filter((alert) => alert.customerId === customerId);
    const begun: typeof episodes = [];
    for (const member of own) {
      const alert =
        alerts.find(({ firstAt, lastAt }) => member.at >= firstAt - EPISODE_SECONDS && member.at <= lastAt + EPISODE_SECONDS) ?? null;
      const episode = begun.find((one) =>
        alert === null ? one.alert === null && member.at - one.lastAt <= EPISODE_SECONDS : one.alert === alert,
      );
      if (episode === undefined) begun.push({ alert, members: [member], lastAt: member.at });
      else {
        episode.members.push(member);
        episode.lastAt = member.at;
      }
    }
    episodes.push(...begun);
  }
  return episodes.map(({ alert, members: of }) => ({ alert, members: of }));
}
