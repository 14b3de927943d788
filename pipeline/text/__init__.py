"""What every room does with text: characters, sentences, languages, addresses, days, phrases."""
