"""Takes mails and mailboxes apart and reads the article that a mail carries."""
