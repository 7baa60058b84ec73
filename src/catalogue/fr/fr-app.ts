/** Texte français de ce qui appartient à l'application et à aucun écran. */
import { frReceiver } from './fr-receiver.ts';
import { frSetting } from './fr-setting.ts';

export const frApp = {
  ...frSetting,
  ...frReceiver,
  app: {
    group: { go: 'Aller à', open: 'Ouvrir', view: 'Affichage', help: 'Aide' },
    command: {
      openDirectories: 'Ouvrir des dossiers…',
      openFiles: 'Ouvrir des fichiers ou des archives…',
      openRecent: 'Ouvrir {{paths}}',
      sample: 'Ouvrir l’exemple fourni',
      ownLog: 'Ouvrir le journal de ce qui a été fait avec Unbroken',
      close: 'Fermer ce qui est ouvert',
      delete: 'Supprimer cet espace de travail…',
      scheme: { auto: 'Couleurs du système', light: 'Couleurs claires', dark: 'Couleurs sombres' },
      zone: 'Afficher les heures en {{zone}}',
      settings: 'Réglages',
      shortcuts: 'Raccourcis clavier',
      about: 'À propos et licences',
    },
    failed: 'Cela n’a pas fonctionné',
    close: 'Fermer',
    palette: {
      label: 'Commandes',
      commands: 'Commandes trouvées',
      hint: 'Que voulez-vous faire ?',
      none: 'Aucune commande ne porte ce nom.',
    },
    shortcuts: {
      title: 'Raccourcis clavier',
      everywhere: 'Partout',
      lists: 'Dans les listes',
      in: {
        step: 'Suivant et précédent',
        stepFindings: 'Constat suivant et précédent',
        page: 'Une page en avant et en arrière',
        ends: 'Premier et dernier',
        open: 'Ouvrir ce qui est choisi',
        leave: 'Fermer, revenir à la liste',
      },
    },
    search: {
      label: 'Recherche de texte',
      far: '{{share}} parcourus ; trouvés jusqu’ici : {{hits, number}}',
      stop: 'Arrêter la recherche',
    },
    settings: { title: 'Réglages', noZone: 'Ce fuseau n’existe pas' },
    about: {
      text: 'Lecture et vérification de l’intégrité des journaux d’audit d’OpenSPP. Rien n’est envoyé nulle part.',
      licence: 'Licence Apache 2.0',
      licences_one: 'Construit avec {{count, number}} paquet tiers',
      licences_other: 'Construit avec {{count, number}} paquets tiers',
      licencesLabel: 'Paquets et leurs licences',
      noText: 'Le paquet nomme sa licence ({{licence}}) et n’en fournit pas le texte.',
      electron:
        'L’application contient Electron et Chromium ; leurs licences se trouvent à côté d’elle : LICENSE.electron.txt et LICENSES.chromium.html.',
    },
    recent: {
      title: 'Ouverts récemment',
      remove: 'Retirer {{paths}}',
    },
    delete: {
      title: 'Supprimer ce qui a été lu ?',
      goes: 'L’espace de travail est supprimé : les lignes lues, les constats, filtres, étiquettes et notes, et sa ligne dans la liste des ouvertures récentes.',
      stays:
        'Les journaux d’audit eux-mêmes restent intacts. Les rapports enregistrés restent où ils sont. Le journal de ce qui a été fait avec Unbroken dit toujours ce qui a été ouvert, noté et supprimé.',
      delete: 'Supprimer l’espace de travail',
      forget: 'Seulement le retirer de la liste',
      keep: 'Le garder',
    },
    drop: {
      over: 'Déposez des dossiers, journaux ou archives pour les ouvrir',
      refused:
        'Un navigateur ne dit pas où se trouve un fichier déposé, et Unbroken lit les journaux là où ils sont. Saisissez plutôt le chemin.',
      understood: 'Fermer',
    },
    crash: {
      copyLog: 'Copier le journal',
      copied: 'Copié',
      notCopied: 'Le journal n’a pas pu être copié',
      logText: 'Le journal peut contenir des mots de vos journaux : lisez-le avant de le transmettre.',
    },
  },
};
