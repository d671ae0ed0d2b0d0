/** Everyday synonyms for scoring candidates: each line is one meaning. Data only. */

const SYNONYMS = `
night nocturnal
day daylight daytime
winter hibernate hibernation
sleep sleeps hibernate
eat eats feed feeds consume devour food
prey hunted eaten
live lives home inhabit inhabits dwell dwells reside
occur occurs found native
alone solitary
group groups herd flock social pack together
dig digs burrow digger
poison poisonous toxic
venom venomous
stripe stripes striped banded
spot spots spotted dotted
migrate migrates migration migrant migratory travels
colour color
loud noisy
swim swims swimmer
dive dives diver diving
climb climbs climber climbing
flightless fly
imitate imitates mimic mimics
spine spines spiny spiky
thorn thorns thorny prickle prickles
motionless still moving
fast quick rapid speedy
threatened rare endangered extinction
deciduous shed sheds
scent scented fragrant perfume
smell smells odour foul
drought dry
shade shady
old centuries hundred
salt salty
grain grains cereal
parasite parasitic
use used gives give
`;

const byWord = new Map<string, string[]>();
for (const line of SYNONYMS.split('\n')) {
  const words = line.trim().split(/\s+/).filter(Boolean);
  for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), words[0]!]);
}

/** Names of the meanings that a word (lower case) has; empty for a word of no listed meaning. */
export const meaningsOf = (lower: string): readonly string[] => byWord.get(lower) ?? [];
