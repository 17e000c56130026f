<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>Taken back: {}.</source>
        <translation>Se deshizo: {}.</translation>
    </message>
    <message>
        <source>Done again: {}.</source>
        <translation>Se rehízo: {}.</translation>
    </message>
    <message>
        <source>{} is saved or discarded already in {}: there it stays.</source>
        <translation>«{}» ya está guardado o descartado en {}: allí queda como está.</translation>
    </message>
    <message>
        <source>QGIS did not take the changes of «{}».</source>
        <translation>QGIS no aceptó los cambios de «{}».</translation>
    </message>
    <message>
        <source>What you took away is still there, as QGIS does not delete it. Delete it again: {}.</source>
        <translation>Lo que usted quitó sigue allí, pues QGIS no lo borra. Bórrelo de nuevo: {}.</translation>
    </message>
    <message>
        <source>«{}» has no field {}. Make the layer again with the present version of Ilo GIS.</source>
        <translation>«{}» no tiene el campo {}. Vuelva a crear la capa con la versión actual de Ilo GIS.</translation>
    </message>
    <message>
        <source>A geometry of {} parts does not go into a layer of {}.</source>
        <translation>Una geometría de {} partes no cabe en una capa de tipo {}.</translation>
    </message>
    <message>
        <source>Transaction groups of the project (Project Properties &gt; Data Sources) do not go with steps that are taken back on several layers. Switch them off.</source>
        <translation>Los grupos de transacciones del proyecto (Propiedades del proyecto &gt; Fuentes de datos) no permiten deshacer un paso en varias capas a la vez. Desactívelos.</translation>
    </message>
    <message>
        <source>Now in edit mode: {}.</source>
        <translation>Capas puestas en edición: {}.</translation>
    </message>
    <message>
        <source>{} cannot be edited: ask for the right to.</source>
        <translation>{} no se puede editar: pida permiso para hacerlo.</translation>
    </message>
    <message>
        <source>That was not done; nothing was changed.</source>
        <translation>No se hizo; nada ha cambiado.</translation>
    </message>
    <message>
        <source>There is no layer of {}. Add it to the project, or open the project again.</source>
        <translation>No hay capa de {}. Agréguela al proyecto o vuelva a abrirlo.</translation>
    </message>
    <message>
        <source>In «{}» ids ({}) are missing or stand twice. Mend them in the table of the layer.</source>
        <translation>En «{}» faltan identificadores ({}) o están repetidos. Corríjalos en la tabla de la capa.</translation>
    </message>
    <message>
        <source>Not so:</source>
        <translation>Así no se puede:</translation>
    </message>
    <message>
        <source>{}: there are {} new findings.</source>
        <translation>{}: observaciones nuevas: {}.</translation>
    </message>
    <message>
        <source>Merge lots</source>
        <translation>Unir lotes</translation>
    </message>
    <message>
        <source>Click the first lot to merge.</source>
        <translation>Haga clic en el primer lote por unir.</translation>
    </message>
    <message>
        <source>Click: more lots. Enter: merge. Esc: cancel.</source>
        <translation>Clic: más lotes. Intro: unir. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Ilo GIS – Editing</source>
        <translation>Ilo GIS – Edición</translation>
    </message>
    <message>
        <source>Unsaved edits could not be kept aside.</source>
        <translation>No se pudo guardar aparte la copia de los cambios sin guardar.</translation>
    </message>
    <message>
        <source>There are edits that were not saved when QGIS stopped.</source>
        <translation>Hay cambios que no se guardaron cuando QGIS se interrumpió.</translation>
    </message>
    <message>
        <source>Edits that were not saved when QGIS stopped do not fit any more: {}</source>
        <translation>Hay cambios que no se guardaron cuando QGIS se interrumpió, pero ya no corresponden: {}</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>cutting zones</source>
        <translation>recortando zonas</translation>
    </message>
    <message>
        <source>moving the line</source>
        <translation>moviendo la línea</translation>
    </message>
    <message>
        <source>zones of lots</source>
        <translation>zonas de los lotes</translation>
    </message>
    <message>
        <source> – breaks the rule</source>
        <translation> – no cumple la norma</translation>
    </message>
    <message>
        <source>{} m², {} m of front</source>
        <translation>{} m², {} m de frente</translation>
    </message>
    <message>
        <source>Split a lot</source>
        <translation>Dividir un lote</translation>
    </message>
    <message>
        <source>Click the lot to split.</source>
        <translation>Haga clic en el lote por dividir.</translation>
    </message>
    <message>
        <source>Draw a line across, or press 2 to 9 (parts).</source>
        <translation>Trace una línea o pulse de 2 a 9 (partes).</translation>
    </message>
    <message>
        <source>Click: vertex. Double or right click: split.</source>
        <translation>Clic: vértice. Doble clic o derecho: dividir.</translation>
    </message>
    <message>
        <source>Enter: split. 2 to 9: parts. Esc: cancel.</source>
        <translation>Intro: dividir. 2 a 9: partes. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Slide a side line</source>
        <translation>Mover un lindero</translation>
    </message>
    <message>
        <source>Drag the line between two lots.</source>
        <translation>Arrastre el lindero entre dos lotes.</translation>
    </message>
    <message>
        <source>Let go: slide it. Esc: cancel.</source>
        <translation>Suelte: moverlo. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Stop: {}.</source>
        <translation>Tope: {}.</translation>
    </message>
    <message>
        <source>Swap two lots</source>
        <translation>Permutar dos lotes</translation>
    </message>
    <message>
        <source>Click the first lot to swap.</source>
        <translation>Haga clic en el primer lote por permutar.</translation>
    </message>
    <message>
        <source>Click the other lot. Esc: cancel.</source>
        <translation>Haga clic en el otro lote. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Enter or right click: swap. Esc: cancel.</source>
        <translation>Intro o clic derecho: permutar.</translation>
    </message>
    <message>
        <source>Nothing is tied to these lots.</source>
        <translation>Nada está vinculado a estos lotes.</translation>
    </message>
    <message>
        <source>Draw a street</source>
        <translation>Trazar una vía</translation>
    </message>
    <message>
        <source>Width of the street</source>
        <translation>Ancho de la vía</translation>
    </message>
    <message>
        <source>Click where the street begins.</source>
        <translation>Haga clic donde empieza la vía.</translation>
    </message>
    <message>
        <source>Click: vertex. Double or right click: end.</source>
        <translation>Clic: vértice. Doble clic o derecho: fin.</translation>
    </message>
    <message>
        <source>Move or give up a street</source>
        <translation>Mover o suprimir una vía</translation>
    </message>
    <message>
        <source>Drag a street or its vertex.</source>
        <translation>Arrastre una vía o uno de sus vértices.</translation>
    </message>
    <message>
        <source>Let go: move it. Esc: cancel.</source>
        <translation>Suelte: mover. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Drag: move it. Delete: give it up.</source>
        <translation>Arrastrar: mover. Supr: suprimir la vía.</translation>
    </message>
    <message>
        <source>Delete or Enter: give it up. Esc: cancel.</source>
        <translation>Supr o Intro: suprimir. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Divide a block</source>
        <translation>Lotizar una manzana</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>Lotizar</translation>
    </message>
    <message>
        <source>by the rule of the project</source>
        <translation>según la norma del proyecto</translation>
    </message>
    <message>
        <source>into a number of lots</source>
        <translation>en un número de lotes</translation>
    </message>
    <message>
        <source>by areas</source>
        <translation>por áreas</translation>
    </message>
    <message>
        <source>by a line</source>
        <translation>por una línea</translation>
    </message>
    <message>
        <source>Areas (m²)</source>
        <translation>Áreas (m²)</translation>
    </message>
    <message>
        <source>Direction of the rows</source>
        <translation>Eje de las filas</translation>
    </message>
    <message>
        <source>Direction of the rows: {}</source>
        <translation>Eje de las filas: {}</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>Click the block to divide.</source>
        <translation>Haga clic en la manzana por lotizar.</translation>
    </message>
    <message>
        <source>Enter: divide. Handle: turn. Esc: cancel.</source>
        <translation>Intro: lotizar. Asa: girar. Esc: cancelar.</translation>
    </message>
    <message>
        <source>Turn the rows. Esc: cancel.</source>
        <translation>Gire el eje. Esc: cancelar.</translation>
    </message>
    <message>
        <source>There is no plan to edit. Open a project of Ilo GIS, or plan a site.</source>
        <translation>No hay un plan que editar. Abra un proyecto de Ilo GIS o planifique un terreno.</translation>
    </message>
    <message>
        <source>Reserves: {} of {} m² required</source>
        <translation>Aportes: {} de {} m² exigidos</translation>
    </message>
    <message>
        <source>Click, or press and draw over several.</source>
        <translation>Haga clic, o arrastre sobre varios.</translation>
    </message>
    <message>
        <source>Let go: paint. Esc: cancel.</source>
        <translation>Suelte: aplicar. Esc: cancelar.</translation>
    </message>
    <message>
        <source>No reserve: lots</source>
        <translation>Sin aporte: lotes</translation>
    </message>
    <message>
        <source>Kind of reserve</source>
        <translation>Tipo de aporte</translation>
    </message>
    <message>
        <source>Paint reserves</source>
        <translation>Asignar aportes reglamentarios</translation>
    </message>
    <message>
        <source>Paint zones</source>
        <translation>Asignar zonificación</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>En</translation>
    </message>
    <message>
        <source>Move the boundary of two zones</source>
        <translation>Mover el límite entre dos zonas</translation>
    </message>
    <message>
        <source>Drag a boundary or vertex. Click: draw anew.</source>
        <translation>Arrastre límite o vértice. Clic: trazarlo.</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>No cambia nada.</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} de {}</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Relocate an occupant</source>
        <translation>Trasladar un ocupante</translation>
    </message>
    <message>
        <source>Choose an occupant in the relocation board, or drag it from there onto a lot.</source>
        <translation>Elija un ocupante en el tablero de traslados, o arrástrelo desde allí hasta un lote.</translation>
    </message>
    <message>
        <source>Click a green lot, or drop the occupant there. Esc: cancel.</source>
        <translation>Haga clic en un lote verde o suelte allí al ocupante. Esc: cancelar.</translation>
    </message>
    <message>
        <source>{} cannot go to {}:</source>
        <translation>{} no puede ir a {}:</translation>
    </message>
    <message>
        <source>File of a lot</source>
        <translation>Ficha de un lote</translation>
    </message>
    <message>
        <source>PROMUVI desk</source>
        <translation>Mesa PROMUVI</translation>
    </message>
    <message>
        <source>Tell the paper: number of the record or resolution, no names.</source>
        <translation>Indique el sustento: número de acta o resolución, sin nombres.</translation>
    </message>
    <message>
        <source>This is the last stage.</source>
        <translation>Es la última etapa.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>id of the household, no name</source>
        <translation>código del hogar, sin nombre</translation>
    </message>
    <message>
        <source>Advance</source>
        <translation>Avanzar</translation>
    </message>
    <message>
        <source>Click a lot to see its file.</source>
        <translation>Haga clic en un lote para ver su ficha.</translation>
    </message>
    <message>
        <source>Click a lot of the block.</source>
        <translation>Haga clic en un lote de la manzana.</translation>
    </message>
    <message>
        <source>The project has no lots by stage. Make them with the algorithm «Lot progress».</source>
        <translation>El proyecto no tiene lotes por etapa. Créelos con el algoritmo «Avance por lote».</translation>
    </message>
    <message>
        <source>charged US$ {}, paid US$ {}, due US$ {}</source>
        <translation>cargado US$ {}, pagado US$ {}, por pagar US$ {}</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>Hogar</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Etapa</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>Derechos</translation>
    </message>
    <message>
        <source>Block {}: {} of {} lots may take the step.</source>
        <translation>Manzana {}: {} de {} lotes pueden dar el paso.</translation>
    </message>
    <message>
        <source>May:</source>
        <translation>Pueden:</translation>
    </message>
    <message>
        <source>May not:</source>
        <translation>No pueden:</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Paso siguiente</translation>
    </message>
    <message>
        <source>Click a lot</source>
        <translation>Elegir lote</translation>
    </message>
    <message>
        <source>Colours by stage</source>
        <translation>Colores por etapa</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Para ser</translation>
    </message>
    <message>
        <source>none charged</source>
        <translation>sin cobros</translation>
    </message>
    <message>
        <source>since {}</source>
        <translation>desde {}</translation>
    </message>
    <message>
        <source>Nothing keeps it from the next step: {}.</source>
        <translation>Nada impide el paso siguiente: {}.</translation>
    </message>
    <message>
        <source>Advance {} lots</source>
        <translation>Avanzar {} lotes</translation>
    </message>
    <message>
        <source>Advance lot {}</source>
        <translation>Avanzar el lote {}</translation>
    </message>
    <message>
        <source>Why not yet «{}»:</source>
        <translation>Por qué todavía no «{}»:</translation>
    </message>
    <message>
        <source>{}. {}</source>
        <translation>{}. {}</translation>
    </message>
    <message>
        <source>block {}</source>
        <translation>manzana {}</translation>
    </message>
    <message>
        <source>Relocation board</source>
        <translation>Tablero de traslados</translation>
    </message>
    <message>
        <source>{}: {} of {} lots may receive it (green). Drag it there, or click the lot.</source>
        <translation>{}: {} de {} lotes pueden recibirlo (en verde). Arrástrelo hasta uno, o haga clic en él.</translation>
    </message>
    <message>
        <source>{}: no lot may receive it. Point at a lot to see why.</source>
        <translation>{}: ningún lote puede recibirlo. Ponga el puntero sobre un lote para ver por qué.</translation>
    </message>
    <message>
        <source>Of the seafront</source>
        <translation>Frente marítimo</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>There are no occupants of the seafront. Open the project that has them.</source>
        <translation>No hay ocupantes del frente marítimo. Abra el proyecto que los tiene.</translation>
    </message>
    <message>
        <source>Choose an occupant, then click a lot; or drag it from the list onto a lot.</source>
        <translation>Elija un ocupante y haga clic en un lote, o arrástrelo de la lista hasta el lote.</translation>
    </message>
    <message>
        <source>Occupant</source>
        <translation>Ocupante</translation>
    </message>
    <message>
        <source>Beach, m²</source>
        <translation>Playa, m²</translation>
    </message>
    <message>
        <source>With this lot</source>
        <translation>Con este lote</translation>
    </message>
    <message>
        <source>It has left the seafront: it has its place.</source>
        <translation>Ya salió del frente marítimo: tiene su lugar.</translation>
    </message>
    <message>
        <source>goes to: {}</source>
        <translation>destino: {}</translation>
    </message>
    <message>
        <source>Nothing blocks it: its land is free.</source>
        <translation>Nada pendiente: su terreno está libre.</translation>
    </message>
    <message>
        <source>What still blocks ({}):</source>
        <translation>Pendientes ({}):</translation>
    </message>
    <message>
        <source>QGIS takes {} for a table, as no row has a shape yet: the new rows have none either.</source>
        <translation>QGIS toma {} por una tabla, pues ninguna fila tiene forma todavía: las filas nuevas tampoco la tienen.</translation>
    </message>
    <message>
        <source>Pending changes</source>
        <translation>Cambios pendientes</translation>
    </message>
    <message>
        <source>Account of pending changes</source>
        <translation>Cuenta de los cambios pendientes</translation>
    </message>
    <message>
        <source>Layer and row</source>
        <translation>Capa y fila</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Lo mío</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Lo suyo</translation>
    </message>
    <message>
        <source>Reason; no names of persons</source>
        <translation>Motivo; sin nombres de personas</translation>
    </message>
    <message>
        <source>such as R.A. 123-2026-MPI</source>
        <translation>por ejemplo, R.A. 123-2026-MPI</translation>
    </message>
    <message>
        <source>Discard selected</source>
        <translation>Descartar lo seleccionado</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Guardar…</translation>
    </message>
    <message>
        <source>See</source>
        <translation>Ver</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Tomar lo suyo</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Resolución</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nueva</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>cambia</translation>
    </message>
    <message>
        <source>goes</source>
        <translation>se retira</translation>
    </message>
    <message>
        <source>Not saved: {} rows in {} layers</source>
        <translation>Sin guardar: {} filas en {} capas</translation>
    </message>
    <message>
        <source>Nothing is pending: all is saved.</source>
        <translation>No hay nada pendiente: todo está guardado.</translation>
    </message>
    <message>
        <source>{} · saved by {}, {}</source>
        <translation>{} · guardada por {}, {}</translation>
    </message>
    <message>
        <source>Shape: area or length</source>
        <translation>Forma: área o longitud</translation>
    </message>
    <message>
        <source>The row</source>
        <translation>La fila</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>está</translation>
    </message>
    <message>
        <source>is gone</source>
        <translation>se retiró</translation>
    </message>
    <message>
        <source>Others saved these rows meanwhile: nothing was saved. «Take theirs» gives up your changes in all rows of this list; your other changes stay pending.</source>
        <translation>Otros guardaron estas filas mientras tanto: no se guardó nada. «Tomar lo suyo» renuncia a sus cambios en todas las filas de esta lista; sus demás cambios siguen pendientes.</translation>
    </message>
    <message>
        <source>Write the reason, or the number of the resolution.</source>
        <translation>Escriba el motivo o el número de la resolución.</translation>
    </message>
    <message>
        <source>Saved: {}.</source>
        <translation>Guardado: {}.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>Not saved, still pending: {}.</source>
        <translation>Sin guardar, sigue pendiente: {}.</translation>
    </message>
    <message>
        <source>QGIS did not save all; what is left stays pending.</source>
        <translation>QGIS no guardó todo; lo que falta sigue pendiente.</translation>
    </message>
    <message>
        <source>Saved: all pending changes.</source>
        <translation>Guardado: todos los cambios pendientes.</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>otro programa</translation>
    </message>
    <message>
        <source>{} new</source>
        <translation>nuevas: {}</translation>
    </message>
    <message>
        <source>{} change</source>
        <translation>cambian: {}</translation>
    </message>
    <message>
        <source>{} go</source>
        <translation>se retiran: {}</translation>
    </message>
    <message>
        <source>Rows of «{}»</source>
        <translation>Filas de «{}»</translation>
    </message>
</context>
</TS>
