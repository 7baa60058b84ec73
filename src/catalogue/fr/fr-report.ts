/** French sentences of reports, by code. The rule on nesting is that of en-report.ts. */
import { frCopies } from './fr-copies.ts';
import { frFinding } from './fr-finding.ts';
import { frReportWords } from './fr-report-words.ts';

export const frReport = {
  ...frCopies,
  ...frFinding,
  ...frReportWords,

  n: {
    conflict_one: '{{count, number}} conflit',
    conflict_other: '{{count, number}} conflits',
    day_one: '{{count, number}} jour',
    day_other: '{{count, number}} jours',
    duplicate_one: '{{count, number}} doublon',
    duplicate_other: '{{count, number}} doublons',
    entry_one: '{{count, number}} entrée',
    entry_other: '{{count, number}} entrées',
    file_one: '{{count, number}} fichier',
    file_other: '{{count, number}} fichiers',
    finding_one: '{{count, number}} constat',
    finding_other: '{{count, number}} constats',
    gap_one: '{{count, number}} lacune',
    gap_other: '{{count, number}} lacunes',
    line_one: '{{count, number}} ligne',
    line_other: '{{count, number}} lignes',
    malformed_one: '{{count, number}} ligne malformée',
    malformed_other: '{{count, number}} lignes malformées',
    node_one: '{{count, number}} nœud',
    node_other: '{{count, number}} nœuds',
    gapsMissing_zero: 'n’a aucune lacune',
    gapsMissing_one: 'manque d’au moins {{count, number}} entrée dans ses lacunes',
    gapsMissing_other: 'manque d’au moins {{count, number}} entrées dans ses lacunes',
    lacking_zero: 'aucune copie ne manque d’une entrée qu’une autre contient',
    lacking_one: '{{count, number}} entrée qu’une copie contient manque dans une autre',
    lacking_other: '{{count, number}} entrées qu’une copie contient manquent dans une autre',
    salvaged_one: '{{count, number}} récupérée',
    salvaged_other: '{{count, number}} récupérées',
    stream_one: '{{count, number}} flux',
    stream_other: '{{count, number}} flux',
  },

  verdict: {
    intact:
      'Aucune lacune dans $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'intact-open':
      'Aucune lacune jusqu’ici dans $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}. Le journal est en cours d’écriture, et ses dernières secondes ne sont pas encore jugées.',
    'incomplete-gaps_one':
      'Il manque au moins {{count, number}} entrée, dans $t(n.gap, {"count": {{gaps}} }) parmi $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'incomplete-gaps_other':
      'Il manque au moins {{count, number}} entrées, dans $t(n.gap, {"count": {{gaps}} }) parmi $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'incomplete-damaged':
      'Aucune lacune dans ce qui a pu être lu ($t(n.entry, {"count": {{entries}} }), du {{from}} au {{to}}) ; mais $t(n.finding, {"count": {{count}} }) de lignes ou de fichiers endommagés montrent que tout n’a pas pu être lu.',
    'intact-copies':
      'Aucune lacune dans aucune des {{sources, number}} copies, et elles concordent. La plus complète contient $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'incomplete-copies':
      'Sur {{sources, number}} copies, la plus complète $t(n.gapsMissing, {"count": {{missing}} }), et $t(n.lacking, {"count": {{lacking}} }). La plus complète contient $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'incomplete-other-copy':
      'Sur {{sources, number}} copies, la plus complète n’a aucune lacune, mais une autre a $t(n.gap, {"count": {{gaps}} }). La plus complète contient $t(n.entry, {"count": {{entries}} }) de $t(n.stream, {"count": {{streams}} }) sur $t(n.node, {"count": {{nodes}} }), du {{from}} au {{to}}.',
    'contradicted-conflict_one':
      'Le journal est contredit : {{count, number}} de ses $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}} se lit autrement sur une autre ligne.',
    'contradicted-conflict_other':
      'Le journal est contredit : {{count, number}} de ses $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}} se lisent autrement sur une autre ligne.',
    'contradicted-copies_one':
      'Les copies se contredisent : {{count, number}} entrée se lit autrement dans l’une que dans l’autre, et $t(n.lacking, {"count": {{lacking}} }). La plus complète contient $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}}.',
    'contradicted-copies_other':
      'Les copies se contredisent : {{count, number}} entrées se lisent autrement dans l’une que dans l’autre, et $t(n.lacking, {"count": {{lacking}} }). La plus complète contient $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}}.',
    'contradicted-rewritten':
      'Le journal est contredit : $t(n.file, {"count": {{count}} }) relevé précédemment ne se retrouve plus octet pour octet. Il contient maintenant $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}}.',
    'contradicted-both':
      'Le journal est contredit par d’autres lignes des mêmes entrées et par ce qui a été relevé précédemment, avec $t(n.finding, {"count": {{count}} }). Il contient $t(n.entry, {"count": {{entries}} }) du {{from}} au {{to}}.',
    'none-no-entry':
      'Il n’y avait rien à vérifier : aucune entrée n’a été trouvée dans $t(n.file, {"count": {{files}} }).',
    'none-in-period':
      'Il n’y avait rien à dire : $t(n.entry, {"count": {{entries}} }) ont été trouvées, et aucune ne se situe dans la période demandée.',
  },
  verdictName: {
    intact: 'Intact',
    incomplete: 'Incomplet',
    contradicted: 'Contredit',
    none: 'Aucun verdict',
  },
  verdictSays: {
    intact:
      'Chaque seq qu’un flux exige est présent, chaque ligne et chaque fichier a pu être lu, et rien de ce qui a été comparé ne diverge.',
    'intact-open':
      'Rien de certain ne manque ni ne diverge. Ce qui manque aux dernières secondes est peut-être en route.',
    incomplete: 'Des entrées manquent, ou une partie du journal n’a pas pu être lue.',
    contradicted:
      'Une copie du journal, ou un relevé antérieur, dit autre chose que ce que dit le journal maintenant.',
    none: 'Rien n’a été vérifié, donc rien ne peut être affirmé.',
  },

  kind: {
    gap: 'Lacune',
    malformed: 'Ligne malformée',
    unreadable: 'Illisible',
    'missing-in-copy': 'Manque dans une copie',
    conflict: 'Conflit',
    rewritten: 'Réécrit',
    duplicate: 'Doublon',
    clock: 'Horloge',
    silence: 'Silence',
    'missing-day': 'Jour manquant',
    'unexplained-start': 'Départ inexpliqué',
    'rule-weakened': 'Règle affaiblie',
  },
  kinds: {
    gap: 'Lacunes',
    malformed: 'Lignes malformées',
    unreadable: 'Fichiers et plages illisibles',
    'missing-in-copy': 'Manques dans une copie',
    conflict: 'Conflits',
    rewritten: 'Réécrits',
    duplicate: 'Doublons',
    clock: 'Horloge',
    silence: 'Silences',
    'missing-day': 'Jours manquants',
    'unexplained-start': 'Départs inexpliqués',
    'rule-weakened': 'Règles affaiblies',
  },
  kindSays: {
    gap: 'Un flux compte ses entrées ; ces seqs y manquent.',
    malformed:
      'Une ligne qui n’est pas une entrée entière. Ce qui a pu en être récupéré compte comme présent.',
    unreadable: 'Un fichier, ou une plage d’un fichier, qui n’a pas pu être lu.',
    'missing-in-copy': 'Il manque à une copie du journal des entrées qu’une autre contient.',
    conflict: 'La même entrée (node, ts et seq) se lit différemment sur deux lignes.',
    rewritten: 'Ce qui a été relevé précédemment n’est plus là octet pour octet.',
    duplicate: 'La même ligne figure plus d’une fois dans une source. Ne prouve rien à soi seul.',
    clock:
      'Des heures qui vont à rebours des seqs, plus que les fils d’exécution ne l’expliquent. Ne prouve rien à soi seul.',
    silence: 'Une période calme, contraire au rythme habituel. Une période calme n’est pas une lacune.',
    'missing-day': 'Un jour sans aucune entrée, que des flux enjambent.',
    'rule-weakened':
      'Le journal rapporte un changement de règle après lequel moins est enregistré. Qui peut modifier les règles peut le faire.',
    'unexplained-start':
      'Un flux qui commence à un seq que rien n’explique auparavant. Ses premières entrées manquent peut-être, ou le journal a été élagué.',
  },
  confidence: { high: 'élevée', medium: 'moyenne', low: 'faible' },
  dialect: { documented: 'documenté', observed: 'observé', mixed: 'mixte', unknown: 'inconnu' },

  start: {
    one: 'au seq 1 : un processus nouveau',
    'fork-base': 'à la base de fork : un processus dérivé',
    'log-start': 'il tournait déjà quand le journal commence',
    gap: 'ses premières entrées manquent',
    unexplained: 'rien auparavant n’explique où il commence',
  },

  notVisible: {
    'cut-tail':
      'Des entrées retirées à la toute fin d’un flux. Rien après elles ne montre qu’elles ont existé ; une copie allée plus loin, ou un rapport antérieur à comparer, le montrerait.',
    'whole-process':
      'Un processus dont toutes les entrées ont été retirées. Il n’en reste aucune qui puisse enjamber le trou.',
    'nothing-compared':
      'Une entrée modifiée sur place, ou un fichier raccourci à sa fin. Rien n’a été comparé : il n’y avait qu’une copie, et ni rapport antérieur ni sommes de contrôle.',
    'copy-not-compared':
      'Une entrée modifiée sur place avant l’établissement du rapport antérieur ou des sommes de contrôle, ou ajoutée depuis et modifiée.',
    'edited-everywhere': 'Une entrée modifiée de la même façon dans toutes les copies comparées.',
    'hidden-by-end':
      'Une entrée retirée exactement là où un autre flux du même nœud se termine juste avant. Les deux se lisent alors comme un seul flux continu.',
    'auditing-off':
      'Ce qui n’a jamais été audité : une règle désactivée, ou dont les champs suivis ont été vidés (field_to_log_ids), ne laisse aucune entrée ici.',
    truth:
      'Si une entrée est vraie. Il a été vérifié que les entrées sont là et concordent, non que ce qu’elles disent est arrivé.',
    'before-log': 'Ce qui a été écrit avant {{from}}, où le journal commence.',
    'removed-by-retention_one':
      'Ce que le récepteur a supprimé, l’ayant conservé assez longtemps, selon lui-même : {{count, number}} ligne, du {{first}} au {{last}}. L’empreinte de son fichier a été notée.',
    'removed-by-retention_other':
      'Ce que le récepteur a supprimé, l’ayant conservé assez longtemps, selon lui-même : {{count, number}} lignes, du {{first}} au {{last}}. Les empreintes de leurs fichiers ont été notées.',
    'period-limited':
      'Les constats hors de la période demandée (du {{from}} au {{to}}). Tout le journal a été analysé ; seule cette période est rapportée.',
    'skipped-files_one': 'Ce que contient {{count, number}} fichier ignoré.',
    'skipped-files_other': 'Ce que contiennent {{count, number}} fichiers ignorés.',
    'unreadable-ranges_one': 'Ce que contient {{count, number}} fichier ou plage illisible.',
    'unreadable-ranges_other': 'Ce que contiennent {{count, number}} fichiers ou plages illisibles.',
    'open-end':
      'Le journal était en cours d’écriture. Lignes encore inachevées : {{pending, number}} ; constatations de ses dernières secondes, qui ne décident encore de rien : {{provisional, number}}.',
    'taken-as-unchanged_one':
      'Si {{count, number}} fichier a été modifié sans que sa taille ni ses dates changent : son empreinte date de l’ouverture du journal et n’a pas été recalculée pour ce rapport.',
    'taken-as-unchanged_other':
      'Si {{count, number}} fichiers ont été modifiés sans que leurs tailles ni leurs dates changent : leurs empreintes datent d’après l’ouverture du journal et n’ont pas été recalculées pour ce rapport.',
    'salvaged-values_one': 'Les valeurs de {{count, number}} entrée récupérée d’une ligne malformée.',
    'salvaged-values_other': 'Les valeurs de {{count, number}} entrées récupérées de lignes malformées.',
  },

  skipped: {
    'no-entries':
      'Son nom ne suit aucun schéma connu, et ses premières lignes ne sont pas des entrées (ni node, ni ts, ni seq).',
    empty: 'Il est vide.',
    'special-file': 'Ce n’est pas un fichier ordinaire ({{kind}}).',
    'same-file': 'C’est le même fichier que {{of}}, et il y est compté.',
    'linked-directory': 'C’est un lien vers {{target}}, un répertoire qui n’est pas suivi.',
    'broken-link': 'C’est un lien qui ne mène nulle part.',
    'link-in-archive': 'C’est un lien dans une archive, vers {{target}}.',
    'unsupported-format': 'Son format ne peut pas être lu ({{format}}).',
  },

  method: {
    hashing:
      'Chaque fichier a été haché par SHA-256 tel qu’il est stocké et, s’il est compressé, son contenu décompressé l’a été aussi.',
    reading:
      'Rien n’a été écrit dans ce qui a été ouvert. Les lignes ont été séparées au seul octet LF, et chaque ligne a été lue jusqu’à sa fin, pas seulement là où se trouvent node, ts et seq.',
    salvaging:
      'Une ligne qui n’est pas une entrée entière est malformée. Les entrées qui ont pu en être récupérées comptent comme présentes.',
    streams:
      'Les entrées de chaque nœud ont été divisées en flux, un par processus, selon seq et ts : chaque entrée suit une entrée antérieure au seq juste inférieur qu’aucune autre entrée n’a prise.',
    starts:
      'Un flux qui commence au seq 1, à une base de fork ou au début du journal s’explique de lui-même. Tout autre départ continue un flux terminé, et les seqs entre les deux sont une lacune.',
    'lower-bound':
      'Le compte d’une lacune est le plus petit nombre d’entrées qui doivent manquer, quelle que soit la division qui explique aussi bien les lignes ; il peut en manquer davantage. Les heures et les lieux des deux côtés sont assez larges pour chacune de ces divisions.',
    processes:
      'Là où syslog nomme le processus de chaque entrée d’un nœud, les flux sont ceux des processus, et rien n’en est déduit. Ce que les seq et les heures seules auraient dit est donné à côté, pour éprouver la déduction.',
    'quiet-periods': 'Une période sans entrées n’est pas une lacune. Seuls des seqs manquants le sont.',
    copies:
      'Les entrées de plusieurs sources ont été rapprochées par node, ts et seq et comparées par leur contenu analysé, les nombres étant comparés tels qu’ils sont écrits.',
    comparing:
      'Les fichiers ont été comparés octet pour octet, décompressés au besoin, avec ce qui avait été relevé précédemment.',
    times:
      'Les heures sont données telles que le journal les contient, avec leur décalage. Les jours sont des jours UTC.',
    causes:
      'Une cause est l’explication la plus vraisemblable qui s’accorde avec les indices. Ce n’est pas une preuve, et la confiance dit à quel point elle s’accorde.',
  },
} as const;
