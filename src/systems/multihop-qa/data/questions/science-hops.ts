import type { World } from '../world';
import { simple, type Hop } from './hop';

/** First steps from elements, bodies of the solar system, spacecraft and inventions. */
export function scienceHops(world: World): Hop[] {
  const { elements, space, inventions } = world.facts;
  return [
    ...elements.flatMap((e) => {
      const x = e.name.toLowerCase();
      const y = e.namedAfter;
      const noun =
        y === undefined
          ? ''
          : world.person.has(y)
            ? 'scientist'
            : world.country.has(y)
              ? 'country'
              : 'planet';
      return [
        ...simple(
          'element-discoverer',
          e.name,
          e.with ? undefined : e.discoverer,
          'scientist',
          [
            `the discoverer of ${x}`,
            `the scientist who discovered ${x}`,
            `the person to whom the discovery of ${x} is credited`,
          ],
          [`${x} was discovered by a scientist`, `The element ${x} was found by a scientist`],
        ),
        ...simple(
          `element-namesake`,
          e.name,
          y,
          noun,
          [
            `the ${noun === 'planet' ? 'celestial body' : noun} after which ${x} is named`.replace(
              'scientist after which',
              'scientist after whom',
            ),
            `the ${noun === 'planet' ? 'celestial body' : noun} that gave ${x} its name`.replace(
              'scientist that',
              'scientist who',
            ),
          ],
          noun === 'planet'
            ? []
            : [`${x} is named after a ${noun}`, `The element ${x} got its name from a ${noun}`],
        ),
      ];
    }),
    ...space.flatMap((s) => [
      ...simple(
        'body-discoverer',
        s.name,
        s.discoverer && world.person.has(s.discoverer) ? s.discoverer : undefined,
        'astronomer',
        [
          `the astronomer who discovered ${s.name}`,
          `the discoverer of ${s.type === 'moon' ? `the moon ${s.name}` : s.name}`,
        ],
        [
          `${s.name} was discovered by an astronomer`,
          `The discovery of ${s.name} was made by an astronomer`,
        ],
      ),
      ...simple(
        'moon-planet',
        s.name,
        s.of,
        'planet',
        [
          `the celestial body around which the moon ${s.name} travels`,
          `the celestial body that has ${s.name} as a moon`,
        ],
        [],
      ),
      ...simple(
        'probe-planet',
        s.name,
        s.to,
        'planet',
        [
          `the celestial body that the space probe ${s.name} was sent to explore`,
          `the destination of the space probe ${s.name}`,
        ],
        [],
      ),
      ...simple(
        'craft-person',
        s.name,
        s.first,
        'cosmonaut',
        [`the cosmonaut who flew in ${s.name}`, `the person whom ${s.name} carried into space`],
        [`${s.name} carried a cosmonaut`],
      ),
    ]),
    ...inventions.flatMap((v) => {
      const x = `${v.the ? 'the ' : ''}${v.name.toLowerCase()}`;
      const made = v.verb ?? 'invented';
      return simple(
        'invention-inventor',
        v.name,
        v.inventor,
        'person',
        [`the person who ${made} ${x}`, `the ${v.verb ? 'discoverer' : 'inventor'} of ${x}`],
        [`${x} was ${made} by a person`],
      );
    }),
  ];
}
