# Español: neutro, de usted. Mabel habla de sí misma en femenino.

## Commands and options. A name: at most 32 small letters, digits, hyphens and underscores; a description: at most 100 characters.

command_ask = preguntar
command_ask_does = Pregunte con sus palabras (en inglés) y reciba una respuesta breve con sus fuentes
command_topics = temas
command_topics_does = Lo que puedo responder, por tema
command_sources = fuentes
command_sources_does = De dónde sale una respuesta, con fechas; sin pregunta, un resumen
command_about = acerca
command_about_does = Qué soy, qué sé y de cuándo es lo que sé
command_help = ayuda
command_help_does = Cómo preguntarme, y mis comandos
command_privacy = privacidad
command_privacy_does = Qué leo y qué guardo
menu_answer_message = Preguntar a Mabel sobre esto
option_question = pregunta
option_question_takes = Su pregunta, en inglés; elija una de la lista o escriba la suya
option_entry = respuesta
option_entry_takes = La pregunta cuyas fuentes quiere ver
option_private = privado
option_private_takes = Mostrarle la respuesta solo a usted

## Headings, buttons and selects

sources = Fuentes
not_translated = Por ahora tengo esta respuesta solo en inglés.
show_sources = Fuentes
more = Más
post_it = Publicar
helpful = Me sirvió
not_helpful = No me sirvió
delete = Borrar
related = Preguntas relacionadas
questions_of_topic = Ver las preguntas de un tema
part_of = { $prompt } De { $first } a { $last }
part_of_one = { $prompt } { $only }

## Notes to one person

posted = Publicada como respuesta al mensaje.
posted_before = Ese mensaje ya tiene una respuesta mía.
cannot_post = No puedo escribir en este canal, así que solo usted ve esta respuesta.
may_not_post = Usted no puede escribir en este canal, así que no la publiqué. Solo usted ve esta respuesta.
message_gone = Ese mensaje ya no existe, así que no la publiqué. Solo usted ve esta respuesta.
post_failed = Discord no aceptó la respuesta. Vuelva a intentarlo en un minuto, por favor.
voted_helpful = Gracias. Su voto está contado, sin su nombre.
voted_not_helpful = Gracias por decirlo. Su voto está contado, sin su nombre. Si pregunta con otras palabras, quizá encuentre una respuesta mejor.
voted_before = Su voto sobre esta respuesta ya está contado; mañana puede votar otra vez.
vote_lost = No pude guardar su voto en este momento. Vuelva a intentarlo en un minuto, por favor.
not_yours = Solo puede borrar esto quien preguntó y quienes administran los mensajes aquí.
old_button = Este botón es de otra versión mía. Pregunte de nuevo, por favor.
gone = Lo que sé ha cambiado desde entonces y esta respuesta ya no está. Pregunte de nuevo, por favor.
no_text = En ese mensaje no hay texto que yo pueda responder.
own_message = Ese mensaje es mío. Para seguir a partir de él, respóndale o use uno de sus botones.
unknown_command = No conozco este comando. Puede que haya cambiado; vuelva a intentarlo en un minuto, por favor.
unreadable = En este mensaje hay algo que no puedo leer.
broken = Algo falló de mi lado. Vuelva a intentarlo, por favor.
nothing = No tengo nada que decir a eso.
limited = Son muchas preguntas a la vez. Deme { $wait }, por favor, y pregúnteme otra vez.
limited_place = Aquí se están haciendo muchas preguntas en este momento. Deme { $wait }, por favor, y pregúnteme otra vez.
seconds = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}
minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
answered_before = Respondí eso aquí hace un momento: { $link }
no_sources = No tengo respuesta a eso, así que no hay fuentes que mostrar. Elija, por favor, una de las preguntas que aparecen mientras escribe.
nothing_given = Complete, por favor, al menos una de las opciones que aparecen después del comando.
unknown_value = No reconozco lo que escribió en `{ $option }`. Elija, por favor, una de las opciones de la lista que se abre mientras escribe.
unknown_value_near = No reconozco lo que escribió en `{ $option }`. ¿Quiso decir { $near }? Elija, por favor, una de las opciones de la lista que se abre mientras escribe.
nothing_to_compare = Para comparar, complete también { $wants }, además de `{ $option }`.
or = { $first } o bien { $last }

## Topics and sources

topics_heading = **{ $knowledge }: lo que puedo responder**
answers = { $count ->
    [one] 1 respuesta
   *[other] { $count } respuestas
}
questions_heading = **{ $topic }**: tengo respuestas a { $count ->
    [one] 1 pregunta
   *[other] { $count } preguntas
}. Elija una (están en inglés).
sources_heading = **Fuentes de:** { $question }
review = Se revisará a más tardar el { $date }.
law = ley o norma
regulator = organismo regulador
credential_body = entidad que certifica
statistics = estadística oficial
professional_body = asociación profesional
employer = empleador
school = escuela
secondary_source = fuente secundaria
reliable = fiable
fairly_reliable = bastante fiable
less_certain = menos segura
all_sources_heading = **De dónde salen mis respuestas**
all_sources = Cada respuesta nombra sus fuentes, con sus fechas. En total conozco { $count ->
    [one] 1 fuente
   *[other] { $count } fuentes
}:
all_sources_more = Para ver las fuentes de una respuesta, use el botón **Fuentes** que tiene debajo, o escriba `/{ $command }` y elija la pregunta.

## About

about_mabel = **Soy Mabel.** Respondo preguntas con lo que está escrito en archivos que redactaron y revisaron personas, y cada respuesta lleva su fuente y su fecha. No invento nada: si no estoy segura, pregunto; si no lo sé, lo digo. Por ahora entiendo preguntas en inglés, y mis respuestas están en inglés.
about_knowledge = Lo que sé: { $name }, versión { $version }
about_counts = { $answers ->
    [one] 1 respuesta
   *[other] { $answers } respuestas
}, { $facts ->
    [one] 1 dato
   *[other] { $facts } datos
} en tablas, { $sources ->
    [one] 1 fuente
   *[other] { $sources } fuentes
}
about_program = Versión del programa { $version }

## Help

help_heading = **Cómo preguntarme** (por ahora, en inglés)
help_mention = Mencióneme junto con su pregunta, responda a una de mis respuestas para seguir a partir de ella, o escríbame por mensaje directo.
help_menu = Abra el menú de un mensaje, luego Aplicaciones, y luego **{ $menu }**. Solo usted ve la respuesta hasta que la publique.
help_edits = Si edita su pregunta, cambio mi respuesta; si la borra, la mía se va también.
help_commands = **Comandos**, cada uno con `{ $private }` para mostrarle la respuesta solo a usted

## Privacy

privacy_reads = **Lo que leo:** el texto de una pregunta que se me hace: un comando, un mensaje elegido en el menú, un mensaje que me menciona o me responde, un mensaje directo. Ningún otro mensaje.
privacy_keeps = **Lo que guardo:** mientras funciono, qué respuesta corresponde a qué pregunta (números de mensajes, nunca su texto), para poder seguir sus ediciones y borrados. También cuánto se preguntó en los últimos minutos, sin saber quién, y en qué idioma se lee cada servidor. Los votos, como una cuenta por respuesta y por día, sin su nombre. Ningún nombre, ninguna pregunta.
privacy_sends = **Lo que envío a otros:** nada.
privacy_please = Por favor, no escriba nunca nada que pueda identificar a un paciente. Si borra su pregunta, o usa el botón **Borrar** debajo de una respuesta, la respuesta desaparece.

## Dates

month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
date_day = { $day } de { $month } de { $year }
date_month = { $month } de { $year }
date_about = hacia { $date }
undated = sin fecha, consultado el { $date }
as_of = a fecha de { $date }
as_of_about = de hacia { $date }
as_of_span = fechas: { $oldest } a { $newest }
