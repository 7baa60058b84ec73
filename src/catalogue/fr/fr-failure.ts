/** French text of failures, by their code. */
export const frFailure = {
  failure: {
    'bad-request':
      'L’application a formulé une demande que le moteur n’accepte pas. Réessayez ; si cela se reproduit, signalez-le avec le message ci-dessous.',
    'path-not-found':
      'Il n’y a rien à ce chemin, ou ce compte n’a pas le droit de le voir. Vérifiez le chemin et les droits, puis ouvrez-le de nouveau.',
    'output-inside-evidence':
      'La sortie serait écrite dans ce qui est vérifié, et rien n’y est jamais écrit. Choisissez un emplacement ailleurs.',
    'output-not-writable':
      'La sortie ne peut pas être écrite à cet emplacement. Choisissez-en un autre, ou rendez celui-ci accessible en écriture.',
    'workspace-on-network-drive':
      'L’espace de travail se trouverait sur un lecteur réseau, où sa base de données n’est pas en sûreté. Choisissez un emplacement sur un disque local.',
    'workspace-is-not-ours':
      'Le fichier existe, mais ce n’est pas un espace de travail d’Unbroken. Il n’a pas été touché. Choisissez un autre fichier, ou un nom libre.',
    'workspace-newer':
      'L’espace de travail a été créé par une version plus récente d’Unbroken. Ouvrez-le avec cette version ou une version ultérieure, ou vérifiez de nouveau les journaux.',
    'workspace-corrupt':
      'L’espace de travail est endommagé et n’est pas fiable. Les journaux eux-mêmes n’ont pas été touchés : supprimez l’espace de travail et vérifiez-les de nouveau.',
    'workspace-busy':
      'Un autre Unbroken a ouvert cet espace de travail. Fermez-le là-bas, ou attendez qu’il ait terminé, puis réessayez.',
    'nothing-to-check':
      'Aucun journal d’audit n’a été trouvé ici. Ouvrez le répertoire qui contient audit.jsonl ou audit-AAAA-MM-JJ.jsonl, ou une archive de celui-ci.',
    'comparison-unreadable':
      'L’élément de comparaison n’a pas pu être lu : ce n’est ni un rapport d’Unbroken avec les empreintes des fichiers ni une liste de sommes SHA-256. Choisissez un autre fichier, ou vérifiez sans comparaison.',
    'pattern-too-slow':
      'L’expression régulière prend trop de temps sur ces lignes. Évitez les répétitions imbriquées, comme (a+)+, ou cherchez un texte.',
    'bad-setting':
      'Un réglage du journal d’audit a une valeur qu’il ne peut pas avoir. Rien n’a été modifié. Les réglages disent lequel, et où il est écrit.',
    'setting-fixed':
      'Ceci est fixé dans l’environnement ou dans le fichier de configuration, qui l’emportent sur la base de données. Modifiez-le là.',
    'rule-exists': 'Un modèle a une seule règle. Modifiez celle-ci, ou choisissez un autre modèle.',
    'rules-unreadable':
      'Le fichier des règles est là, mais pas tel qu’il a été écrit. Il a été laissé tel quel : corrigez-le, ou déplacez-le pour commencer sans règle.',
    'change-unwitnessed':
      'Aucun des dispositifs qui enregistrent les changements de l’audit n’a pu prendre celui-ci ; il n’a donc pas pris effet. Vérifiez que le fichier est accessible en écriture et que les récepteurs répondent.',
    'not-found':
      'Cet élément n’existe plus : le résultat a changé depuis son affichage. Revenez en arrière et choisissez de nouveau.',
    'not-available-here':
      'Cela n’est pas possible dans un navigateur. Saisissez le chemin, ou utilisez la fenêtre de bureau.',
    'not-allowed':
      'Cette session ou votre rôle ne le permet pas. Ouvrez le lien qu’Unbroken a affiché, ou demandez à un responsable d’audit (Audit Manager).',
    'sign-in-refused':
      'Vérifiez les deux ; les majuscules comptent dans le mot de passe. S’il est oublié, demandez-en un nouveau à un responsable d’audit (Audit Manager).',
    'too-many-attempts': 'Il y a eu trop de mots de passe incorrects. Attendez une minute, puis réessayez.',
    'link-used':
      'Il a déjà servi, ou des comptes existent à présent. Connectez-vous avec le vôtre, ou demandez-en un à un responsable d’audit (Audit Manager). Tant qu’aucun compte n’existe, le serveur affiche un autre lien à son démarrage.',
    'session-ended':
      'Votre session sur le serveur est terminée : elle est restée longtemps inactive, ou le compte a changé. Connectez-vous à nouveau.',
    'bad-address':
      'Une partie est de trop, ou manque. Écrivez-la comme https://audit.example.org, avec un port s’il y en a un, et rien derrière.',
    'address-not-secure':
      'En HTTP simple, mots de passe et entrées peuvent être lus en chemin. Seul un serveur sur cette machine est joint ainsi : utilisez une adresse qui commence par https.',
    'certificate-changed':
      'Le serveur montre un autre certificat que celui par lequel il était connu. Quelqu’un entre les deux peut en être la cause, ou un certificat renouvelé. Rien n’a été envoyé. Demandez à qui gère le serveur. S’il a été renouvelé, oubliez ce serveur et connectez-vous à nouveau.',
    'server-unreachable':
      'Rien ne répond à cette adresse, ou la connexion a été coupée. Vérifiez l’adresse, le réseau et que le serveur fonctionne.',
    'server-answers-otherwise':
      'Ce qui répond est autre chose, redirige ailleurs, ou est une autre version d’Unbroken. Vérifiez l’adresse, et que les deux ont la même version.',
    'server-shown':
      'Cette fenêtre affiche un serveur. Déconnectez-vous d’abord, puis ouvrez ce qui est sur cette machine.',
    'receiver-not-started':
      'Rien n’est reçu. Le plus souvent, l’adresse est prise par un autre programme, ou ce compte n’y a pas droit : choisissez un autre port, au-dessus de 1024, ou arrêtez l’autre programme.',
    'receiver-data-settled':
      'Ce qui a été reçu se trouve dans ce répertoire et y serait abandonné. Il reste où il est.',
    'engine-stopped':
      'La partie de l’application qui lit et vérifie s’est arrêtée de façon inattendue. Les journaux n’ont pas été touchés et ce qui a été lu est conservé. Ouvrez-les de nouveau pour continuer.',
    cancelled:
      'Ce qui a été lu est conservé. La vérification reprendra à partir de là à la prochaine ouverture.',
    internal:
      'Une erreur s’est produite dans l’application. Les journaux n’ont pas été touchés. Réessayez ; si cela se reproduit, signalez-le avec le message ci-dessous.',
  },
} as const;
