/** French text of the sign-in page, and of who is signed in. */
export const frSignIn = {
  signIn: {
    title: 'Se connecter',
    lead: 'Cet Unbroken reçoit des journaux d’audit et sert à plusieurs personnes. Les comptes sont créés par un responsable d’audit (Audit Manager).',
    name: 'Nom',
    password: 'Mot de passe',
    again: 'Mot de passe, une seconde fois',
    show: 'Montrer le mot de passe',
    button: 'Se connecter',
    rule: 'Au moins {{least, number}} caractères. C’est la longueur qui compte : quelques mots sans rapport entre eux.',
    tooShort: 'Il y a moins de {{least, number}} caractères.',
    notSame: 'Ce n’est pas le même mot de passe.',
    nameRule:
      'Lettres minuscules et chiffres, avec . _ @ ou - entre eux. Le journal de ce qui est fait ici vous nomme ainsi.',
    nameWrong: 'Un nom a des lettres minuscules, des chiffres et . _ @ - entre eux, 64 au plus.',
    first: {
      title: 'Créer le premier compte',
      lead: 'Qui a ce lien devient le premier responsable d’audit (Audit Manager). Il ne sert qu’une fois.',
      button: 'Créer le compte',
    },
    change: {
      title: 'Changer mon mot de passe',
      old: 'Ancien mot de passe',
      oldWrong: 'Ce n’est pas votre mot de passe.',
      new: 'Nouveau mot de passe',
      again: 'Nouveau mot de passe, une seconde fois',
      button: 'Le changer',
      done: 'Votre mot de passe a été changé. Vous restez connecté ici ; vos autres sessions sont terminées.',
    },
    group: { manager: 'Responsable d’audit', user: 'Utilisateur d’audit' },
    signedIn: 'Connecté : {{name}}, {{group}}',
    out: 'Se déconnecter',
    needsManager: 'Réservé à un responsable d’audit (Audit Manager).',
    received: 'Ouvrir ce qui est reçu ici',
    receivedText: 'Tout ce que les émetteurs ont envoyé, suivi à mesure de l’arrivée.',
    waiting: 'Rien n’a encore été reçu',
    waitingText:
      'Les entrées apparaissent ici dès qu’un émetteur en a envoyé. Un responsable d’audit (Audit Manager) ajoute les émetteurs dans l’écran Récepteur.',
  },
} as const;
