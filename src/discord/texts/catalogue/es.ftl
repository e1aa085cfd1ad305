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
show_picture = Mostrar imagen
picture_in_words =
    No puedo mostrar una imagen aquí. En palabras (en inglés):

    { $alt }
post_it = Publicar
you_also_asked = También preguntó: { $question }
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

about_mabel = **Soy Mabel.** Respondo preguntas con lo que está escrito en archivos redactados y revisados de antemano, y cada respuesta lleva su fuente y su fecha. No invento nada: si no estoy segura, pregunto; si no lo sé, lo digo. Por ahora entiendo preguntas en inglés, y mis respuestas están en inglés.
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

privacy_reads = **Lo que leo:** el texto de una pregunta que se me hace: un comando, un mensaje elegido en el menú, un mensaje que me menciona o me responde, un mensaje directo. Otros mensajes, solo en los canales donde quienes gestionan el servidor quieren que responda por mi cuenta.
privacy_keeps = **Lo que guardo:** durante 7 días, qué respuesta corresponde a qué pregunta (números de mensajes, nunca su texto), para poder seguir los cambios y los borrados de usted. Los votos, como cuenta por respuesta y día, sin su nombre. De una pregunta que no sé responder, palabras sueltas en orden alfabético, para que se vea qué falta, y nada si parece hablar de una persona. Lo que un servidor ha configurado, hasta 30 días después de que yo salga de él. Mientras funciono, cuánto se preguntó en los últimos minutos, sin quién preguntó. Ni nombres ni preguntas.
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

## Settings of a server

command_settings = ajustes
command_settings_does = Los ajustes de este servidor: estado propio, canales, idioma y más
settings_show = ver
settings_show_does = Ver todos los ajustes y cambiarlos
settings_export = exportar
settings_export_does = Recibir los ajustes como archivo
settings_import = importar
settings_import_does = Tomar los ajustes de un archivo; sin archivo, pegue su texto
option_file = archivo
option_file_takes = Un archivo como el que da exportar
settings_heading = **Los ajustes de este servidor**
settings_choose = Cambiar un ajuste
settings_to_file = Exportar
settings_from_text = Importar
settings_back = Volver a todos los ajustes
settings_saved = Guardado.
settings_lost = Ahora mismo no pude guardarlo. No ha cambiado nada; inténtelo de nuevo en un minuto.
settings_gone = Lo que eligió ya no existe. No ha cambiado nada.
only_managers = Solo quienes pueden gestionar este servidor pueden ver y cambiar sus ajustes.
only_curators = Solo pueden hacerlo los encargados de las respuestas y quienes pueden gestionar este servidor.
only_in_servers = Esto solo funciona en servidores.
other_server = Este botón es de otro servidor. No ha cambiado nada.
label_default = Valor propio: { $facet }
set_default = **Valor propio ({ $facet })**: { $value }. Vale donde una pregunta no nombra ninguno, y la respuesta lo dice.
set_no_default = **Valor propio ({ $facet })**: ninguno.
choose_default = Elija ({ $facet }):
no_default = Ningún valor propio ({ $facet })
label_private = Quién ve las respuestas
set_private = **Respuestas a comandos**: solo para quien pregunta, salvo que ponga `private` en falso.
set_public = **Respuestas a comandos**: a la vista de todos, salvo que quien pregunta use `private`.
make_private = Solo para quien pregunta
make_public = A la vista de todos
label_channels = Canales con respuestas
set_channels = **Canales con respuestas**: { $channels }. Allí respondo preguntas claras que nadie me hizo a mí, y en la duda callo.
set_no_channels = **Canales con respuestas**: ninguno. Solo respondo lo que se me pregunta.
channels_unheard = No puedo leer mensajes que no me mencionan, así que estos canales descansan. Quien me hace funcionar tiene que activar `discord.message_content`.
choose_channels = Elija los canales; también sirven los foros
label_topics = Temas de canales
set_topics = **Temas de canales**: { $topics }. Allí, una pregunta que puede significar varias cosas se entiende sobre ese tema.
set_no_topics = **Temas de canales**: ninguno.
topic_of_channel = { $channel }: { $topic }
choose_topic_channel = Elija un canal
choose_topic = ¿De qué tema son las preguntas en { $channel }?
no_topic = Ningún tema
too_many_topics = Como mucho { $most } canales pueden tener un tema. Quite uno primero.
label_plain_text = Texto sencillo
set_plain_text = **Texto sencillo**: sí. Las respuestas llegan sin recuadros.
set_rich_text = **Texto sencillo**: no. Las fuentes y advertencias están en un recuadro debajo de la respuesta.
make_plain_text = Texto sencillo
make_rich_text = Con recuadros
label_language = Idioma
set_language = **Idioma** de lo que ven todos: { $language }.
set_language_of_server = **Idioma** de lo que ven todos: el que tiene este servidor en Discord.
choose_language = Elija un idioma
language_of_server = El que tiene este servidor en Discord
own_name = Español
label_curators = Encargados
set_curators = **Encargados**: { $role }, y quienes pueden gestionar este servidor. Cuidan de sus propias respuestas.
set_no_curators = **Encargados**: quienes pueden gestionar este servidor. Cuidan de sus propias respuestas.
choose_curators = Elija un rol
no_curators = Ningún rol
label_cooldown = Pausa entre preguntas
set_cooldown = **Pausa** entre dos preguntas de una persona: { $pause }.
set_no_cooldown = **Pausa** entre dos preguntas de una persona: ninguna propia de este servidor.
choose_cooldown = ¿Cuánto espera una persona?
no_cooldown = Nada
and_more = y { $count } más
exported = Los ajustes y las respuestas propias de este servidor, para guardarlos o llevarlos a otro.
import_title = Ajustes que tomar
import_text = El texto de un archivo exportado
imported = Hecho.
not_imported = No se tomó nada, por esto:
exported_without_own = Los ajustes de este servidor, para guardarlos o llevarlos a otro. Aquí no puedo adjuntar archivos, y con las respuestas propias no caben en un mensaje: esas no están incluidas.
imported_own = Respuestas propias: { $added } nuevas, { $changed } cambiadas; no se quitó ninguna.
left_out = Quedó fuera, porque este servidor no tiene tal canal o rol: { $ids }
not_compared = No pude ver qué canales y roles tiene este servidor. No ha cambiado nada; inténtelo de nuevo en un minuto.
import_cut_short = No pude guardarlo todo en este momento: se tomaron { $kept } de { $all } respuestas propias y no se cambió ningún ajuste. Para tomar el resto, impórtelo otra vez en un minuto.
file_too_large = El archivo es demasiado grande: los ajustes ocupan como mucho { $most } bytes. No ha cambiado nada.
file_lost = No pude obtener el archivo. No ha cambiado nada; inténtelo de nuevo en un minuto.
file_no_text = Ese archivo no es un texto. No ha cambiado nada.

## Own answers of a server

command_own = propias
command_own_does = Respuestas propias de este servidor, como normas y fechas: para sus encargados
own_add = agregar
own_add_does = Agregar una respuesta propia de este servidor
own_edit = editar
own_edit_does = Cambiar una de ellas
own_remove = quitar
own_remove_does = Quitar una de ellas
own_list = lista
own_list_does = Ver todas
option_answer = respuesta
option_answer_takes = Cuál; elija una de la lista que se abre al escribir
own_mark = Respuesta propia de este servidor, no de los conocimientos revisados de Mabel. Último cambio: { $date }.
own_add_title = Una respuesta propia de este servidor
own_edit_title = Cambiar una respuesta propia
own_question = Pregunta que encabeza la respuesta
own_wordings = Otras formas de preguntar, una por línea
own_answer = Respuesta
own_added = Agregada. Preguntada en este servidor, dice:
own_changed = Cambiada. Preguntada en este servidor, dice:
own_removed = Quitada: { $question }
own_kept = No se quitó nada.
own_unknown = No existe esa respuesta propia de este servidor. Elija una de la lista que se abre al escribir.
own_full = Este servidor ya tiene { $most } respuestas propias, que es el máximo. Quite una primero.
own_refused = No la tomé, por esto:
own_text_to_copy = Lo que escribió, para copiarlo:
own_empty = **{ $field }** está vacío.
own_too_long = **{ $field }** tiene { $length } caracteres; se permiten { $most }.
own_too_many_wordings = Puede haber como mucho { $most } otras formas de preguntar.
own_pings = **{ $field }** menciona a personas, roles o a todos. Una respuesta no avisa a nadie: escriba nombres.
own_says_nothing = «{ $wording }» no contiene ninguna palabra que me sirva.
own_always_stopped = Todas las formas de preguntarla se detienen por seguridad antes de buscar una respuesta. No se vería nunca.
own_stopped = «{ $wording }» se detiene por seguridad: a eso digo lo que digo siempre, nunca esta respuesta.
own_like_own = «{ $wording }» es casi lo mismo que otra respuesta propia de este servidor: { $question }
own_like_mabels = «{ $wording }» es una pregunta que sé responder: { $question } Así preguntada, sale primero la respuesta de este servidor, y la mía se ofrece debajo.
own_warnings = Tenga en cuenta:
own_remove_sure = ¿Quitar esta respuesta para siempre? **{ $question }**
own_remove_yes = Quitar
own_remove_no = Dejarla
own_heading = **{ $count ->
    [one] 1 respuesta propia
   *[other] { $count } respuestas propias
} de este servidor** (de { $most })
own_none = Este servidor todavía no tiene respuestas propias. Agregue una con `/{ $command }`.
own_line = se pregunta de { $wordings ->
    [one] 1 forma
   *[other] { $wordings } formas
}, cambiada el { $date }
page_before = Anterior
page_next = Siguiente
own_lost = Ahora mismo no pude guardarlo. No ha cambiado nada; inténtelo de nuevo en un minuto.

## Answers in their place

assumed = Para { $value }, lo propio de este servidor ({ $facet }).
unasked = Usted no me preguntó; en este canal respondo preguntas claras por mi cuenta.
dismiss = No es lo que quería
help_managers = **Para quienes cuidan del servidor**: `/{ $settings }` para sus ajustes, `/{ $own }` para sus propias respuestas
help_gaps = `/{ $gaps }` para lo que no pude responder

## What curators of the operator's own servers see and hear

command_gaps = lagunas
command_gaps_does = Lo que se preguntó y no se respondió, y los votos: para curadores
gaps_heading = **Preguntado y sin responder** en todos los servidores desde el { $since }, primero lo más preguntado. De una pregunta solo se guardan palabras, en orden alfabético; las parecidas están juntas.
gaps_none = Desde el { $since } no quedó sin responder nada de lo que guardo palabras.
gap_count = preguntado { $count ->
    [one] una vez
   *[other] { $count } veces
}
gap_week = { $count } en la semana del { $date }
gap_others = también: { $words }
votes_heading = **Votos sobre las respuestas** en todos los servidores desde el { $since }, primero las que menos sirvieron.
votes_none = Nadie votó sobre una respuesta desde el { $since }.
vote_line = sirvió: { $helpful }; no sirvió: { $not_helpful }
see_votes = Votos sobre las respuestas
see_gaps = Lo que no se respondió
gaps_elsewhere = Lo que no pude responder se guarda sin el servidor en que se preguntó. Por eso solo se muestra en los servidores que ha nombrado quien me opera, y este no es uno de ellos.
gaps_lost = No pude leerlo en este momento. Vuelva a intentarlo en un minuto, por favor.
knowledge_refused = **Los archivos cambiados de mi conocimiento no están en uso**: { $errors ->
    [one] 1 falla impide
   *[other] { $errors } fallas impiden
} usarlos. Sigo respondiendo con los que tenía antes. `mabel check` nombra cada falla con archivo, línea y remedio. Lo digo una sola vez en este servidor.
