"""Given names whose usual gender nobody doubts: who is "Frau Thoma", who "Monsieur Le Floc'h".

Takes a name in parts and the language of the message; gives the words before the family name, or
"": then the whole name is the greeting, which is stiff but never an insult.

The names are general knowledge: common ones of each country that are borne by one gender alone.
None is told from its ending. Left out is whatever somebody of the other gender bears, there or in a
neighbouring country: Andrea, Simone, Dominique, Camille, Kim, Gabriele. Who is called Jean is a man
in French only, so a language that knows a name goes before the two that do not.
"""

from __future__ import annotations

from functools import cache

from pipeline.text.names import Name, plain_letters

_Names = dict[str, frozenset[str]]

_FEMALE = {
    "German": "Gül Hiltrud Notburga Regula Senta Seraina Vreni Walburga Zita"
    " Adelheid Agathe Agnes Alexandra Alina Angela Angelika Anika Anita Anja Anke Anna"
    " Annalena Anne Annegret Anneliese Annemarie Annette Annika Antje Antonia Astrid"
    " Barbara Bärbel Beate Beatrix Bettina Birgit Birgitta Birte Brigitte Britta"
    " Brunhilde Carina Carla Carolin Caroline Charlotte Christa Christel Christiane"
    " Christina Christine Claudia Cordula Corinna Cornelia Dagmar Daniela Diana Dora"
    " Doris Dorothea Dorothee Edeltraud Edith Elena Elfriede Elisa Elisabeth Elke Ella"
    " Ellen Elvira Emilia Emma Erika Erna Esther Eva Evelyn Felicitas Frauke Frieda"
    " Friederike Gabi Gerda Gerlinde Gertrud Gesa Gesine Gisela Gudrun Hanna Hannah"
    " Hannelore Hedwig Heidemarie Heidi Heidrun Heike Helena Helene Helga Henriette"
    " Herta Hilde Hildegard Ida Ilka Ilona Ilse Ina Ines Inga Inge Ingeborg Ingrid Inka"
    " Irene Iris Irmgard Irmtraud Isabel Isabell Isabella Jana Janina Jasmin Jennifer"
    " Jessica Johanna Josefine Judith Julia Juliane Jutta Karin Karina Karla Karolin"
    " Karoline Katarina Katharina Katja Katrin Kathrin Kerstin Klara Konstanze Kristin"
    " Kristina Lara Larissa Laura Lea Lena Leonie Lieselotte Lina Linda Lisa Liselotte"
    " Lore Lotte Louisa Luise Magdalena Maike Maja Manuela Mareike Maren Margarete"
    " Margit Margot Margret Margrit Maria Marianne Marie Marina Marion Marlene Marlies"
    " Marta Martha Martina Mathilde Mechthild Meike Melanie Melina Meta Mia Michaela"
    " Mina Miriam Mirjam Monika Nadine Nadja Natalie Natascha Nele Nina Nora Olga"
    " Patricia Paula Pauline Petra Pia Ramona Rebecca Regina Regine Renate Ricarda Rita"
    " Romy Rosa Rosemarie Roswitha Ruth Sabine Sabrina Sandra Sara Sarah Saskia Sibylle"
    " Sieglinde Sigrid Silke Silvia Sina Sonja Sophia Sophie Stefanie Steffi Stephanie"
    " Susann Susanne Svenja Swantje Sybille Sylvia Tamara Tanja Tatjana Thea Theresa"
    " Therese Traudel Ulla Ulrike Ursula Uta Ute Valerie Vanessa Vera Verena Veronika"
    " Victoria Viktoria Waltraud Wencke Wiebke Wiltrud Yvonne",
    "French": "Adèle Adeline Adrienne Agathe Agnès Albane Alexandra Alice Aline Amandine Amélie"
    " Anaïs Angélique Anna Anne Annick Annie Antoinette Apolline Ariane Armelle Astrid"
    " Aude Audrey Aurélie Aurore Axelle Barbara Béatrice Bénédicte Bérengère Bernadette"
    " Berthe Blandine Brigitte Capucine Carine Carole Caroline Catherine Cécile Céline"
    " Chantal Charlotte Chloé Christelle Christiane Christine Claire Clara Clarisse"
    " Claudine Clémence Clémentine Clotilde Colette Coralie Corinne Cyrielle Daphné"
    " Danielle Delphine Denise Diane Dorothée Édith Élise Élisabeth Élodie Éloïse Elsa"
    " Émeline Émilie Emma Emmanuelle Estelle Esther Eugénie Eva Évelyne Fabienne Fanny"
    " Fatima Faustine Flavie Flore Florence Floriane France Françoise Frédérique"
    " Gabrielle Gaëlle Geneviève Georgette Germaine Ghislaine Gisèle Gwenaëlle"
    " Gwendoline Hélène Héloïse Henriette Hortense Huguette Inès Ingrid Irène Isabelle"
    " Jacqueline Jeanne Jeannine Jennifer Jessica Joëlle Joséphine Josette Josiane"
    " Judith Julie Juliette Justine Karine Laetitia Laura Laure Laurence Laurine Léa"
    " Léna Léonie Liliane Lise Lisa Louise Lucie Lucile Ludivine Lydie Madeleine Magali"
    " Maïté Manon Margaux Margot Marguerite Maria Marianne Marie Marielle Marina Marine"
    " Marion Marjolaine Marjorie Marlène Marthe Martine Maryse Maryvonne Mathilde Maud"
    " Mélanie Mélissa Michelle Micheline Mireille Monique Morgane Muriel Myriam Nadège"
    " Nadia Nadine Natacha Nathalie Nicole Ninon Noémie Océane Odette Odile Olivia"
    " Ophélie Patricia Paule Pauline Pénélope Perrine Philippine Rachel Raphaëlle"
    " Raymonde Rébecca Régine Renée Romane Rosalie Rose Roseline Roxane Sabine Sabrina"
    " Salomé Samira Sandra Sandrine Sarah Servane Séverine Sixtine Solange Solène Sonia"
    " Sophie Soizic Stéphanie Suzanne Sylvaine Sylvie Tatiana Thérèse Tiphaine Valérie"
    " Vanessa Véronique Victoire Victoria Violaine Violette Virginie Viviane Yolande"
    " Yvette Yvonne Zoé Aïcha Amina Khadija Leïla Malika Naïma Salma Samia Soraya Yasmine",
    "Spanish": "Adela Adriana Águeda Agustina Aida Ainhoa Alba Alejandra Alicia Almudena Amalia"
    " Amelia Amparo Ana Anabel Ángela Ángeles Antonia Araceli Aurora Azucena Beatriz"
    " Begoña Belén Berta Blanca Candela Carla Carlota Carmela Carmen Carolina Catalina"
    " Cecilia Clara Claudia Concepción Conchita Consuelo Covadonga Cristina Daniela"
    " Delia Diana Dolores Elena Elisa Elsa Elvira Emilia Encarnación Esperanza Estefanía"
    " Ester Esther Estrella Eugenia Eulalia Eva Fátima Felisa Fernanda Francisca"
    " Gabriela Gema Gemma Genoveva Gloria Graciela Idoia Inés Inmaculada Irene Isabel"
    " Itziar Jimena Josefa Josefina Juana Julia Juliana Laia Lara Laura Leire Leonor"
    " Leticia Lidia Lola Lorena Lourdes Lucía Luisa Macarena Magdalena Maite Manuela"
    " Marcela Margarita María Mariana Marina Marisa Marisol Marta Matilde Mercedes"
    " Miriam Mónica Montserrat Natalia Nerea Nieves Noelia Nuria Olga Paloma Patricia"
    " Paula Paulina Paz Petra Pilar Raquel Rebeca Remedios Rocío Rosa Rosalía Rosana"
    " Rosaura Ruth Salomé Sandra Sara Silvia Socorro Sofía Soledad Sonia Susana Tamara"
    " Teresa Úrsula Valentina Valeria Vanesa Verónica Victoria Virginia Viviana Ximena"
    " Yolanda",
}
_MALE = {
    "German": "Ansgar Bartholomäus Cornelius Friedemann Gian Hinnerk Ignaz Korbinian Luzius"
    " Mateusz Matthäus Mehmet Meinrad Onno Pius Quirin Reto Rupert Sepp Severin Thaddäus"
    " Wendelin Xaver Yusuf"
    " Achim Adalbert Adrian Albert Albrecht Alexander Alfons Alfred Alois Andreas Anton"
    " Armin Arndt Arne Arno Arnold Arthur Artur August Axel Balthasar Bastian Benedikt"
    " Benjamin Bernd Bernhard Berthold Björn Bodo Boris Burkhard Carl Carsten Christian"
    " Christof Christoph Clemens Daniel David Detlef Dennis Dieter Dietmar Dietrich Dirk"
    " Dominik Eberhard Eckart Eckhard Edgar Edmund Eduard Egon Elias Elmar Emil Enno"
    " Erhard Eric Erich Erik Ernst Erwin Eugen Ewald Fabian Felix Ferdinand Florian"
    " Frank Franz Frederik Friedhelm Friedrich Fritz Georg Gerald Gerd Gerhard Gernot"
    " Gert Gottfried Gregor Guido Günter Günther Gunnar Gustav Hagen Hannes Hans Harald"
    " Hartmut Heiko Heiner Heinrich Heinz Helmut Helmuth Hendrik Henning Henrik Henry"
    " Herbert Hermann Holger Horst Hubert Hubertus Hugo Ingo Jakob Jan Jens Joachim"
    " Jochen Johann Johannes Jonas Jonathan Jörg Jörn Josef Joseph Julian Julius Jürgen"
    " Justus Karl Karsten Kaspar Kilian Klaus Klemens Knut Konrad Konstantin Kurt Lars"
    " Laurenz Leo Leonhard Leopold Lorenz Lothar Lucas Ludger Ludwig Lukas Lutz Magnus"
    " Malte Manfred Manuel Marc Marcel Marco Marcus Mario Marius Mark Marko Markus"
    " Martin Mathias Matthias Max Maximilian Michael Moritz Niklas Nils Norbert Olaf"
    " Oliver Oskar Oswald Otmar Otto Ottmar Patrick Patrik Paul Peter Philip Philipp"
    " Rainer Ralf Ralph Raimund Reiner Reinhard Reinhold René Richard Robert Roland Rolf"
    " Roman Ronald Rüdiger Rudi Rudolf Ruprecht Samuel Sebastian Siegbert Siegfried"
    " Siegmar Sigmund Simon Sönke Stefan Steffen Stephan Sven Swen Theodor Thilo Thomas"
    " Thorben Thorsten Tilman Tilo Tim Timo Tobias Tom Torben Torsten Udo Ulf Ulrich Urs"
    " Uwe Valentin Veit Viktor Vinzenz Volker Volkmar Waldemar Walter Walther Werner"
    " Wilfried Wilhelm Willi Willy Winfried Wolf Wolfgang Wolfram",
    "French": "Adrien Aimé Alain Albert Alexandre Alexis Alfred Alphonse Amaury Anatole André"
    " Anthony Antoine Antonin Armand Arnaud Arthur Aubin Auguste Augustin Aurélien Axel"
    " Baptiste Barnabé Bastien Baudouin Benjamin Benoît Bernard Bertrand Blaise Boris"
    " Brice Bruno Cédric César Charles Christian Christophe Clément Clovis Constant"
    " Corentin Cyprien Cyril Damien Daniel David Denis Didier Dimitri Donatien Édouard"
    " Éloi Émile Emmanuel Enzo Éric Erwan Étienne Eugène Fabien Fabrice Félicien Félix"
    " Ferdinand Fernand Flavien Florent Florian François Franck Frédéric Gabriel Gaël"
    " Gaétan Gaspard Gaston Gauthier Gautier Geoffroy Georges Gérald Gérard Germain"
    " Ghislain Gilbert Gildas Gilles Grégoire Grégory Guénolé Guilhem Guillaume Gustave"
    " Guy Henri Hervé Hippolyte Honoré Hubert Hugo Hugues Ivan Jacques Jean Jérémie"
    " Jérémy Jérôme Joachim Joël Jonathan Joseph Josselin Jules Julien Justin Kévin"
    " Laurent Léon Léonard Léopold Lionel Loïc Louis Luc Lucas Lucien Ludovic Maël Marc"
    " Marcel Marius Martial Martin Mathias Mathieu Mathis Matthieu Maurice Max Maxence"
    " Maxime Maximilien Médéric Michaël Michel Mickaël Nathan Nicolas Noël Norbert"
    " Octave Olivier Oscar Pascal Patrice Patrick Paul Philippe Pierre Pierrick Quentin"
    " Raoul Raphaël Raymond Régis Rémi Rémy Renaud René Richard Robert Robin Rodolphe"
    " Rodrigue Roger Roland Romain Romuald Samuel Sébastien Serge Simon Stanislas"
    " Stéphane Sylvain Sylvestre Tanguy Théo Théodore Théophile Thibaud Thibault Thibaut"
    " Thierry Thomas Timothée Tristan Valentin Valéry Victor Vincent Xavier Yann Yannick"
    " Yanis Yohan Yves Yvon Ahmed Amine Bilal Brahim Farid Hassan Ismaël Karim Khaled Malik Mehdi"
    " Mohamed Mourad Nabil Omar Rachid Samir Sofiane Walid Yacine Youssef",
    "Spanish": "Aarón Abel Adolfo Adrián Agustín Aitor Alberto Alejandro Alfonso Alfredo Álvaro"
    " Andrés Ángel Aníbal Antonio Arturo Asier Benito Benjamín Bernardo Borja Bruno"
    " Camilo Carlos César Christian Ciro Claudio Cristian Cristóbal Damián Daniel David"
    " Diego Domingo Eduardo Emilio Eneko Enrique Ernesto Esteban Eugenio Eusebio Fabián"
    " Federico Felipe Félix Fermín Fernando Fidel Francisco Gabriel Gerardo Germán"
    " Gonzalo Gorka Gregorio Guillermo Gustavo Héctor Hernán Horacio Hugo Ignacio Iker"
    " Íñigo Isidro Ismael Iván Jacinto Jacobo Jaime Javier Jerónimo Jesús Joaquín Jonás"
    " Jordi Jorge José Josep Juan Julián Julio Justo Leandro Leonardo Leopoldo Lorenzo"
    " Lucas Luciano Luis Manuel Marcelo Marcos Mariano Mario Martín Mateo Matías"
    " Mauricio Maximiliano Miguel Miquel Modesto Moisés Nicolás Octavio Óscar Pablo"
    " Pascual Patricio Pedro Rafael Ramiro Ramón Raúl Ricardo Roberto Rodolfo Rodrigo"
    " Rogelio Román Rubén Salvador Samuel Santiago Saúl Sebastián Sergio Simón Teodoro"
    " Tomás Unai Valentín Vicente Víctor Xavier",
}
# Names that neighbours give to the other gender: known only in the language that lists them.
_AT_HOME_ONLY = frozenset(
    "alexis angel france guy jan jean laurence maxime patrice paz robin".split()
)
_HER = frozenset("frau mrs ms miss mme mlle madame señora sra".split())
_HIM = frozenset("herr mr monsieur señor sr".split())
_WORDS = {"German": ("Frau", "Herr"), "French": ("Madame", "Monsieur")}
_WRITTEN_OUT = {"mme": "Madame", "mlle": "Mademoiselle", "dr": "Docteur", "prof": "Professeur"}


@cache
def _hers_and_his() -> tuple[_Names, _Names]:
    """Return the names of both; made when first asked: it takes a hundredth of a second."""
    return _known(_FEMALE), _known(_MALE)


def _known(names: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(map(plain_letters, of.split())) for language, of in names.items()}


def address_of(name: Name, language: str) -> str:
    """Return how one writes to somebody in that language: "Frau Dr. Vossberg", "Madame Marchetti".

    A title that the notes write wins; "" where they write none and the given name does not tell,
    and for a language in which one greets by the first name.
    """
    if language == "French" and _is_monsieur(name):
        return f"Monsieur {name.last}"
    titles = [word.casefold().strip(".") for word in name.title.split()]
    if language == "French" and titles:
        words = (
            _WRITTEN_OUT.get(key, word)
            for key, word in zip(titles, name.title.split(), strict=True)
        )
        return f"{' '.join(words)} {name.last}"
    is_told = any(key in _HER or key in _HIM for key in titles)
    before = "" if is_told else _word(name, language)
    return " ".join(filter(None, (before, name.title, name.last))) if before or titles else ""


def is_woman(name: Name) -> bool | None:
    """Return whether somebody is a woman: by a title, else by the given name; None: unknown."""
    titles = {word.casefold().strip(".") for word in name.title.split()}
    if not titles.isdisjoint(_HER):
        return True
    if not titles.isdisjoint(_HIM) or _is_monsieur(name):
        return False
    words = name.full.split()
    return _is_her(words[0], "") if words and (len(words) > 1 or not titles) else None


def _is_monsieur(name: Name) -> bool:
    """Return whether "M." stands before a given and a family name: there it is no initial."""
    first, *rest = name.full.split() or [""]
    is_before_two = first.strip(".").casefold() == "m" and len(rest) > 1 and not name.title
    return is_before_two and len(rest[0].strip(".")) > 1 and not _is_her(rest[0], "French")


def _word(name: Name, language: str) -> str:
    """Return "Frau" or "Herr" by the given name; "" where it, or the order of names, is unsure."""
    words = name.full.split()
    if language not in _WORDS or len(words) < 2:  # "Dr. Martin": a family name
        return ""
    is_her = _is_her(words[0], language)
    other = _is_her(words[-1], language)
    if is_her is None or other not in (None, is_her):  # "Martin Sabine": which is which?
        return ""
    return _WORDS[language][0 if is_her else 1]


def _is_her(word: str, language: str) -> bool | None:
    """Return whether that given name is a woman's; of Anna-Lena and Jean-Marie the first tells."""
    plain = plain_letters(word.partition("-")[0])
    both = _hers_and_his()
    of_hers, of_his = (names.get(language, frozenset()) for names in both)
    at_home = (plain in of_hers, plain in of_his)
    abroad = tuple(_is_in(names, plain) for names in both)
    hers, his = at_home if any(at_home) or plain in _AT_HOME_ONLY else abroad
    return None if hers == his else hers


def _is_in(names: _Names, plain: str) -> bool:
    return any(plain in of for of in names.values())
