/** French sentences for what is said of a finding: its cause, the evidence, and what would settle it. */

/** Why a line is not an entry. */
const malformed = {
  torn: 'La ligne s’interrompt avant la fin de son entrée.',
  glued: 'Une entrée brisée et une autre entrée se trouvent sur la même ligne.',
  'nul-bytes': 'La ligne contient des octets NUL, comme en laisse un plantage ou un disque plein.',
  'invalid-utf8': 'La ligne n’est pas de l’UTF-8 valide.',
  'not-json': 'La ligne n’est pas du JSON.',
  'not-an-object': 'La ligne est du JSON, mais pas un objet.',
  'control-character': 'La ligne contient un caractère de contrôle brut dans une chaîne.',
  'missing-key': 'La ligne est un objet sans node, ts ou seq.',
  'bad-ts': 'Son ts n’est pas une heure ISO 8601.',
  'bad-seq': 'Son seq n’est pas un nombre entier positif.',
  'bad-node': 'Son node n’est pas un texte.',
  'too-deep': 'Ses valeurs sont imbriquées plus profondément que ce qui est lu.',
  'too-long': 'La ligne est plus longue que ce qui est lu.',
} as const;

/** Why a file, or a range of it, could not be read. */
const unreadable = {
  permission: 'La lecture n’était pas autorisée.',
  vanished: 'Le fichier a disparu ou a changé pendant la lecture.',
  'read-error':
    'Le fichier n’a pas pu être lu : le système a signalé une erreur, ou ce n’est pas un fichier ordinaire.',
  'damaged-compression':
    'Les données compressées sont endommagées ; ce qui suit cet endroit n’a pas pu être lu.',
  'truncated-compression': 'Les données compressées s’interrompent avant leur fin.',
  'unsupported-compression': 'Cette variante de compression ne peut pas être lue.',
  'trailing-bytes':
    'Des octets qui ne sont pas des données compressées suivent le contenu compressé. Tout le contenu a été lu.',
  'damaged-archive': 'L’archive est endommagée.',
  encrypted: 'Le contenu est chiffré.',
  'nested-archive': 'C’est une archive zip dans une autre archive.',
  'broken-link': 'C’est un lien qui ne mène nulle part.',
} as const;

export const frFinding = {
  malformed,
  unreadable,

  cause: {
    ...malformed,
    ...unreadable,
    truncated:
      'Le message a été coupé en route, comme le fait un relais qui a une limite (rsyslog : à 8 ko sauf réglage).',
    'receiver-down':
      'Récepteur arrêté : le récepteur d’Unbroken n’était pas là pour prendre les entrées, et un émetteur HTTP n’envoie rien deux fois.',
    'midnight-race':
      'Course de minuit : pendant que les fils d’exécution passent au fichier du jour suivant, une ou deux entrées peuvent se perdre dans la copie en fichiers.',
    'missing-file':
      'Fichier manquant : le fichier d’un jour entier est absent, et le flux continue après lui.',
    'torn-line':
      'Ligne déchirée : une entrée n’a été écrite qu’en partie, comme par un processus tué ou sur un disque plein.',
    'unreadable-file':
      'Fichier illisible : les entrées se trouvent peut-être dans un fichier qui n’a pas pu être lu.',
    unexplained: 'Inexpliqué ; une suppression est possible.',
    'not-delivered':
      'Non transmis, ou non conservé : un récepteur HTTP a pu être arrêté ou lent, un message syslog coupé ou abandonné, un fichier supprimé par rotation. Rien ne répète une entrée. Une suppression dans cette copie est possible.',
    edited: 'Le contenu n’est pas celui qui a été relevé.',
    shortened: 'Le contenu est plus court que celui qui a été relevé.',
    absent: 'Ce qui a été relevé n’est plus là.',
  },

  evidence: {
    'day-boundary':
      'La lacune enjambe minuit UTC ({{midnight}}) et le changement de fichier. Elle commence {{beforeSeconds, number}} s avant et finit {{afterSeconds, number}} s après.',
    'receiver-down_one': 'Le récepteur a lui-même noté qu’il ne tournait pas du {{since}} au {{until}}.',
    'receiver-down_other':
      'Le récepteur a lui-même noté qu’il ne tournait pas, {{count, number}} fois entre le {{since}} et le {{until}}.',
    'receiver-kernel-drops_one':
      'Le récepteur a lui-même noté que le système a jeté {{count, number}} datagramme sans qu’il soit lu entre le {{since}} et le {{until}}.',
    'receiver-kernel-drops_other':
      'Le récepteur a lui-même noté que le système a jeté {{count, number}} datagrammes sans qu’ils soient lus entre le {{since}} et le {{until}}.',
    'receiver-sequence-hole_one':
      'Le récepteur a lui-même noté que, selon la numérotation de l’émetteur, {{count, number}} message est venu à manquer entre le {{since}} et le {{until}}.',
    'receiver-sequence-hole_other':
      'Le récepteur a lui-même noté que, selon la numérotation de l’émetteur, {{count, number}} messages sont venus à manquer entre le {{since}} et le {{until}}.',
    'receiver-refused_one':
      'Le récepteur a lui-même noté qu’il n’a pas pris ou pas gardé {{count, number}} message entre le {{since}} et le {{until}} ({{reasons}}).',
    'receiver-refused_other':
      'Le récepteur a lui-même noté qu’il n’a pas pris ou pas gardé {{count, number}} messages entre le {{since}} et le {{until}} ({{reasons}}).',
    'absent-day_one': 'Il n’y a pas de fichier pour {{first}}, ni d’entrée du nœud ce jour-là.',
    'absent-day_other':
      'Il n’y a pas de fichier pour {{count, number}} jours, de {{first}} à {{last}}, ni d’entrée du nœud ces jours-là.',
    'malformed-line_one':
      'Une ligne malformée se trouve entre les deux côtés : {{path}}:{{line}} ({{reason}}).',
    'malformed-line_other':
      '{{count, number}} lignes malformées se trouvent entre les deux côtés ; la première est {{path}}:{{line}} ({{reason}}).',
    'unreadable-file': '{{path}} n’a pas pu être lu (en entier) et couvre ce moment.',
    coincides:
      '{{gaps, number}} lacunes dans {{streams, number}} flux peuvent être apparues au même moment, avec {{missing, number}} entrées manquantes en tout.',
    'same-seq-streams':
      'Plusieurs processus en étaient au même seq : $t(n.line, {"count": {{before}} }) peuvent être la dernière avant, et $t(n.line, {"count": {{after}} }) la première après.',
    'restart-within': 'Le nœud a été redémarré pendant ce temps, à {{ts}}.',
    'fork-base':
      'Les processus dérivés (fork) de cette période commencent au seq {{base}} ; la première entrée de celui-ci a un seq plus grand.',
    'whole-node-silent': 'Aucun autre processus du nœud n’a écrit quoi que ce soit à ce moment.',
    'no-other-sign':
      'Aucun jour absent, fichier illisible, ligne malformée ni changement de fichier ne l’explique.',

    'could-be-read': 'Avant de s’interrompre, elle indique : {{action}} de {{model}}, fiche {{record}}.',
    'could-be-read-masked': 'Avant de s’interrompre, elle indique : {{action}} de {{model}}.',
    'stops-at-byte': 'La lecture s’est arrêtée à l’octet {{byte, number}} sur {{bytes, number}} de la ligne.',
    'lines-in-a-row_one': '{{count, number}} ligne, jusqu’à la ligne {{last}}.',
    'lines-in-a-row_other': '{{count, number}} lignes de suite sont ainsi, jusqu’à la ligne {{last}}.',
    'system-said': 'Message du système : {{detail}}',
    'read-up-to': '{{bytes, number}} octets de contenu ont été lus avant cet endroit.',
    'same-entry-twice_one': 'La même entrée figure sur deux lignes.',
    'same-entry-twice_other': 'Une suite de {{count, number}} entrées figure deux fois.',
    'other-content': 'Node, ts et seq sont les mêmes sur les deux lignes, et le contenu ne l’est pas.',
    differs: '{{key}} vaut {{one}} sur la première ligne et {{other}} sur l’autre.',
    'differs-first-only': '{{key}} ne figure que sur la première ligne, avec la valeur {{one}}.',
    'differs-other-only': '{{key}} ne figure que sur l’autre ligne, avec la valeur {{other}}.',
    'differs-masked': '{{key}} diffère ; ses valeurs sont omises.',
    'differs-more_one': '{{count, number}} autre clé diffère.',
    'differs-more_other': '{{count, number}} autres clés diffèrent.',
    'no-predecessor':
      'Aucun flux terminé, aucun fork ni début du journal n’explique un départ au seq {{seq}}.',
    'clock-set-back':
      'L’horloge a été reculée : ts diminue de {{seconds, number}} s alors que le seq continue.',
    'unusual-silence':
      'Chacun des {{days, number}} autres jours, il y avait au moins {{usual, number}} entrées aux mêmes heures.',
    'streams-jump-across':
      'Il n’y a aucune entrée du {{day}}, et $t(n.stream, {"count": {{streams}} }) l’enjambent : $t(n.gap, {"count": {{gaps}} }), où manquent $t(n.entry, {"count": {{missing}} }).',

    'rule-of': 'La règle est {{rule}}, sur {{model}}.',
    'rule-deleted': 'La règle a été supprimée : elle n’enregistre plus rien.',
    'rule-inactive': 'La règle a été désactivée : elle n’enregistre plus rien.',
    'rule-actions-off': 'Ne sont plus enregistrées : {{actions}}.',
    'rule-fields-off': 'Les changements de ces champs ne sont plus enregistrés : {{fields}}.',
    'rule-fields-only':
      'Les changements de tous les champs étaient enregistrés ; ne le sont plus que ceux de : {{fields}}.',

    'held-by_one': '{{holder}} la contient, et {{source}} non.',
    'held-by_other': '{{holder}} les contient, et {{source}} non.',
    'ran-further':
      '{{source}} se termine avant, et {{holder}} est allée plus loin : la fin de {{source}} a pu être coupée, ou elle a été prélevée plus tôt.',
    'node-absent': '{{source}} n’a aucune entrée de ce nœud.',
    'held-elsewhere':
      'Une autre copie, {{holder}}, contient des entrées de ces seqs et de ces heures qui manquent à celle-ci.',
    recorded: 'Relevé : {{bytes, number}} octets, SHA-256 {{sha256}}.',
    'recorded-hash': 'Relevé : SHA-256 {{sha256}}.',
    'found-now': 'Trouvé maintenant : {{bytes, number}} octets, SHA-256 {{sha256}}.',
    'fewer-entries': 'Il y avait {{before, number}} entrées, et il y en a maintenant {{after, number}}.',
  },

  wouldTell: {
    'syslog-copy': 'Le même moment dans la copie syslog, si syslog était activé.',
    'http-copy': 'Le même moment dans la copie du récepteur HTTP, si HTTP était activé.',
    'database-copy':
      'Les entrées de ce moment dans la base de données d’OpenSPP. Elles n’ont pas de seq : comparez par heure, modèle, enregistrement et utilisateur.',
    'earlier-report': 'Un rapport d’Unbroken, ou des sommes de contrôle, d’avant la perte, pour comparer.',
    'absent-file': 'Le fichier absent, tiré d’une sauvegarde.',
    'unreadable-file': 'Une copie lisible du fichier qui n’a pas pu être lu.',
  },
} as const;
